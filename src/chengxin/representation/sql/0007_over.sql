-- What the law gave is over: handed back by its holder, past its day, or no longer fit for what became of the person.
-- The platform sees that once a day and closes the case; whoever represents hands back their own. Of several policies
-- for one verb a row needs the first half of any and the second half of any, so each second half says all of it.
create policy keeper_reads on representation_mandate for select to chengxin_app
    using (ground <> 'mandate' and (select guard.has_role('platform'))
           and (select guard.purpose()) = 'representation_handling');
create policy keeper_ends on representation_mandate for update to chengxin_app
    using (ground <> 'mandate' and ended_at is null and (select guard.has_role('platform'))
           and (select guard.purpose()) = 'representation_handling')
    with check (ground <> 'mandate' and ended_at is not null and (select guard.has_role('platform'))
                and (select guard.purpose()) = 'representation_handling');
create policy handed_back on subjects_representation for update to chengxin_app
    using ((select guard.channel()) = 'self' and representative_id = (select guard.subject_id()))
    with check ((select guard.channel()) = 'self' and representative_id = (select guard.subject_id())
                and ends_on <= (select guard.legal_day()));
create policy over on subjects_representation for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'representation_handling')
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'representation_handling'
                and ends_on <= (select guard.legal_day()));
alter policy represented_ends on representation_mandate
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self' and ended_at is not null
                and ground = 'mandate');
alter policy office_ends on representation_mandate
    with check (ended_at is not null
                and exists (select from representation_application a where a.id = representation_mandate.id
                               and a.number = (select guard.case_ref()) and a.body = (select guard.body())
                               and (select guard.channel()) = 'office' and (select guard.has_role('case_officer'))));

-- Whom it is about says, after it was registered, that it is not so: that lets it rest until two officers looked.
create policy ward_contests on representation_mandate for update to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self' and ground <> 'mandate'
           and ended_at is null)
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self' and ground <> 'mandate'
                and ended_at is null and contest_number <> '');
create policy office_hears on representation_mandate for select to chengxin_app
    using (contest_number = (select guard.case_ref()) and (select guard.channel()) = 'office'
           and (select guard.has_role('case_officer'))
           and exists (select from casework_case c where c.number = contest_number and c.body = (select guard.body())));
create policy office_resumes on representation_mandate for update to chengxin_app
    using (ended_at is null and contest_number = (select guard.case_ref()) and (select guard.channel()) = 'office'
           and (select guard.has_role('case_officer'))
           and exists (select from casework_case c where c.number = contest_number and c.body = (select guard.body())
                          and c.proposed_by <> (select guard.actor_key())))
    with check (ended_at is null and contest_number = (select guard.case_ref()) and (select guard.channel()) = 'office'
                and (select guard.has_role('case_officer'))
                and exists (select from casework_case c
                             where c.number = contest_number and c.body = (select guard.body())
                               and c.proposed_by <> (select guard.actor_key())));

-- A second half sees only what a row becomes: that a rest begins by the person alone and ends by the office alone is
-- held here, for whoever may change the row for another reason.
create function representation_rests() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
    is_person boolean := guard.channel() = 'self' and guard.subject_id() = old.subject_id;
begin
    if new.contest_number <> old.contest_number and not is_person
        or new.rests_since is not null and new.rests_since is distinct from old.rests_since
           and not (is_person and old.rests_since is null)
        or new.rests_since is null and old.rests_since is not null and guard.channel() <> 'office' then
        raise exception 'Who is represented lets it rest; the office lets it go on.'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger rests before update of rests_since, contest_number on representation_mandate
    for each row execute function representation_rests();

-- What rests opens nothing.
create or replace function guard.represented_id(scope text) returns uuid language sql stable parallel restricted
    security definer set search_path = pg_catalog, pg_temp
    return case when guard.channel() = 'represented' then (
        select m.subject_id
        from public.representation_mandate m join public.subjects_subject s on s.id = m.subject_id
        where m.subject_id = nullif(guard.context() ->> 'represented_id', '')::uuid
          and represented_id.scope = any(m.scopes) and m.ended_at is null and m.ends_on > guard.legal_day()
          and m.rests_since is null
          and s.status = case m.ground when 'mandate' then 'active' when 'guardian' then 'guardianship'
                                       when 'next_of_kin' then 'deceased' end
        limit 1) end;
