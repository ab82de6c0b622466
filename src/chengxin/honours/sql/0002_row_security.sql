-- A nomination is its body's and its nominee's. Everybody reads one in public notice or awarded whose nominee agreed to be
-- named; of another no more than whoever has its number, and then there is neither name nor story in the row.
select guard.protect('honours_nomination');
create policy public_reads on honours_nomination for select to chengxin_app
    using (notice_from is not null and closed_at is null and (select guard.channel()) = 'public'
           and (shown_name <> '' or number = (select guard.case_ref())));
create policy body_nominates on honours_nomination for insert to chengxin_app
    with check (body = (select guard.body()) and nominated_by = (select guard.actor_key())
                and (select guard.channel()) = 'intake' and answer = '' and awarded_on is null);
create policy body_reads on honours_nomination for select to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) in ('body', 'intake'));
create policy body_moves on honours_nomination for update to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) in ('body', 'intake'))
    with check (body = (select guard.body()));
create policy nominee_reads on honours_nomination for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy nominee_answers on honours_nomination for update to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self')
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');

-- Only the nominee says yes or no, and the nominee says nothing else: not that one was checked, not that one was honoured.
create function honours_keep_answer() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
    is_nominee boolean := coalesce(new.subject_id = guard.subject_id() and guard.channel() = 'self', false);
begin
    if new.answer <> old.answer and not is_nominee then
        raise exception 'Only the nominee answers.' using errcode = 'insufficient_privilege';
    end if;
    if is_nominee and (new.checked_on is distinct from old.checked_on or new.obstacles <> old.obstacles
        or new.notice_from is distinct from old.notice_from or new.awarded_on is distinct from old.awarded_on
        or new.reviewed_on is distinct from old.reviewed_on or new.withdrawn_at is distinct from old.withdrawn_at
        or new.shown_name not in ('', old.shown_name) or new.shown_story not in ('', old.shown_story)) then
        raise exception 'A nominee answers and nothing else.' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger keep_answer before update on honours_nomination
    for each row execute function honours_keep_answer();

-- Anybody writes, and reads nothing but the answer to the letter whose number they hold; its body reads and answers.
select guard.protect('honours_letter');
create policy anyone_writes on honours_letter for insert to chengxin_app
    with check (outcome = '' and (select guard.channel()) = 'public' and (select guard.purpose()) = 'honour'
                and (nomination_id is null
                     or exists (select from honours_nomination n where n.id = nomination_id and n.body = honours_letter.body
                                and n.awarded_on is null)));
create policy author_reads on honours_letter for select to chengxin_app
    using (number = (select guard.case_ref()) and (select guard.channel()) = 'public');
create policy body_reads on honours_letter for select to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) in ('body', 'intake'));
create policy body_answers on honours_letter for update to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body' and outcome = '')
    with check (body = (select guard.body()) and replied_by in ('', (select guard.actor_key())));
create policy sweep_reads on honours_letter for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy sweep_empties on honours_letter for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention' and outcome <> '')
    with check (text = '');
create function honours_keep_words() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if new.text <> old.text and not (guard.has_role('platform') and guard.purpose() = 'retention' and new.text = '') then
        raise exception 'A letter keeps the words of its author.' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger keep_words before update of text on honours_letter
    for each row execute function honours_keep_words();
