-- An amendment is its office's until it is opened to comment, and everybody's from then on. A comment is read by the
-- office, and by everybody once it was looked at and published; whoever comments writes and reads nothing else.
select guard.protect('amendments_amendment');
select guard.protect('amendments_opinion');

create policy office_reads on amendments_amendment for select to chengxin_app
    using (body = (select guard.body()));
create policy anyone_reads_opened on amendments_amendment for select to chengxin_app
    using (opened_on is not null);
create policy office_drafts on amendments_amendment for insert to chengxin_app
    with check (body = (select guard.body()) and drafted_by = (select guard.actor_key())
                and (select guard.has_role('case_officer')) and opened_on is null and decided_at is null);
create policy office_moves on amendments_amendment for update to chengxin_app
    using (body = (select guard.body()) and (select guard.has_role('case_officer')))
    with check (body = (select guard.body()));

create policy anyone_reads_shown on amendments_opinion for select to chengxin_app
    using (look = 'shown');
create policy office_reads on amendments_opinion for select to chengxin_app
    using ((select guard.has_role('case_officer')) and (select guard.channel()) = 'office'
           and exists (select from amendments_amendment a where a.id = amendment_id and a.body = (select guard.body())));
create policy platform_counts on amendments_opinion for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'catalogue_change');
create policy anyone_comments on amendments_opinion for insert to chengxin_app
    with check (look = 'waiting' and verdict = '' and (select guard.purpose()) = 'catalogue_change'
                and exists (select from amendments_amendment a
                            where a.id = amendment_id and a.opened_on is not null and a.decided_at is null));
create policy office_looks on amendments_opinion for update to chengxin_app
    using ((select guard.has_role('case_officer')) and (select guard.channel()) = 'office'
           and exists (select from amendments_amendment a where a.id = amendment_id and a.body = (select guard.body())))
    with check (looked_by <> '');

create policy sweep_reads on amendments_amendment for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy sweep_reads on amendments_opinion for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy sweep_empties on amendments_opinion for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention' and look = 'hidden')
    with check (text = '' and name = '');
create function amendments_keep_words() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if not (guard.has_role('platform') and guard.purpose() = 'retention' and new.text = '' and new.name = '') then
        raise exception 'A comment keeps the words its author chose.' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger keep_words before update of text, name on amendments_opinion
    for each row execute function amendments_keep_words();

-- What the public compares never changes under its eyes: after the opening only a later first day is possible.
create function amendments_keep_what_was_opened() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if old.opened_on is not null and (new.definition <> old.definition or new.digest <> old.digest
        or new.written <> old.written or new.opened_on is distinct from old.opened_on
        or new.closes_on is distinct from old.closes_on or new.effective_on < old.effective_on) then
        raise exception 'What was opened to comment does not change.' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger keep_what_was_opened before update on amendments_amendment
    for each row execute function amendments_keep_what_was_opened();
