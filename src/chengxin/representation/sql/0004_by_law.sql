-- Who acts by law. An application is seen by who wrote it, by the officers of the office that checks it while they name
-- its case, and, once they were told, by whom it is about.
select guard.protect('representation_application');

create policy applicant_reads on representation_application for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy applicant_files on representation_application for insert to chengxin_app
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self'
                and account_key = (select guard.actor_key()) and ward_id is null and contested_at is null
                and heard_at is null and closed_at is null);
create policy applicant_takes_back on representation_application for update to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self' and closed_at is null)
    with check (subject_id = (select guard.subject_id()) and closed_at is not null);
create policy ward_reads on representation_application for select to chengxin_app
    using (ward_id = (select guard.subject_id()) and (select guard.channel()) = 'self' and proposed_at is not null);
create policy ward_contests on representation_application for update to chengxin_app
    using (ward_id = (select guard.subject_id()) and (select guard.channel()) = 'self' and proposed_at is not null
           and closed_at is null)
    with check (ward_id = (select guard.subject_id()) and contested_at is not null and heard_at is null
                and closed_at is null);
create policy office_reads on representation_application for select to chengxin_app
    using (body = (select guard.body()) and number = (select guard.case_ref())
           and (select guard.channel()) = 'office' and (select guard.has_role('case_officer')));
create policy office_decides on representation_application for update to chengxin_app
    using (body = (select guard.body()) and number = (select guard.case_ref())
           and (select guard.channel()) = 'office' and (select guard.has_role('case_officer')))
    with check (body = (select guard.body()) and number = (select guard.case_ref()));

-- What a person arranged for after death is theirs; the office that checks an application about them reads it.
select guard.protect('representation_arrangement');

create policy own_reads on representation_arrangement for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy own_arranges on representation_arrangement for insert to chengxin_app
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self'
                and withdrawn_at is null);
create policy own_withdraws on representation_arrangement for update to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self' and withdrawn_at is null)
    with check (subject_id = (select guard.subject_id()) and withdrawn_at is not null);
create policy office_reads on representation_arrangement for select to chengxin_app
    using (exists (select from representation_application a
                    where a.ward_id = representation_arrangement.subject_id
                      and a.number = (select guard.case_ref()) and a.body = (select guard.body())
                      and (select guard.channel()) = 'office'));

-- What stands in the place of a mandate by law is laid by a second officer, for the account that applied, about the
-- person that was found and told, on the same ground; and never where a deceased person wanted nobody to.
create policy office_registers on representation_mandate for insert to chengxin_app
    with check (ground <> 'mandate' and granted_by = (select guard.actor_key()) and accepted_at is not null
                and ended_at is null and (select guard.channel()) = 'office'
                and (select guard.has_role('case_officer'))
                and exists (select from representation_application a join casework_case c on c.id = a.case_id
                             where a.id = representation_mandate.id and a.number = (select guard.case_ref())
                               and a.body = (select guard.body()) and a.ward_id = representation_mandate.subject_id
                               and a.account_key = representation_mandate.holder_key
                               and a.ground = representation_mandate.ground
                               and a.proposed_at is not null and a.closed_at is null
                               and c.proposed_by <> (select guard.actor_key()))
                and not (ground = 'next_of_kin'
                         and exists (select from representation_arrangement w
                                      where w.subject_id = representation_mandate.subject_id
                                        and w.withdrawn_at is null)));

-- The office that registered it ends it, while it names the case.
create policy office_reads on representation_mandate for select to chengxin_app
    using (exists (select from representation_application a where a.id = representation_mandate.id
                      and a.number = (select guard.case_ref()) and a.body = (select guard.body())
                      and (select guard.channel()) = 'office' and (select guard.has_role('case_officer'))));
create policy office_ends on representation_mandate for update to chengxin_app
    using (ended_at is null
           and exists (select from representation_application a where a.id = representation_mandate.id
                          and a.number = (select guard.case_ref()) and a.body = (select guard.body())
                          and (select guard.channel()) = 'office' and (select guard.has_role('case_officer'))))
    with check (ended_at is not null);

-- Whoever is represented takes back what they gave; what the law gave is not theirs to end.
drop policy represented_ends on representation_mandate;
create policy represented_ends on representation_mandate for update to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self' and ended_at is null
           and ground = 'mandate')
    with check (subject_id = (select guard.subject_id()) and ended_at is not null);

-- Each ground holds for what became of the person, and for nothing else: a mandate while they live and are of full
-- capacity, a guardian while they are under guardianship, next of kin once they died.
create or replace function guard.represented_id(scope text) returns uuid language sql stable parallel restricted
    security definer set search_path = pg_catalog, pg_temp
    return case when guard.channel() = 'represented' then (
        select m.subject_id
        from public.representation_mandate m join public.subjects_subject s on s.id = m.subject_id
        where m.subject_id = nullif(guard.context() ->> 'represented_id', '')::uuid
          and represented_id.scope = any(m.scopes) and m.ended_at is null and m.ends_on > guard.legal_day()
          and s.status = case m.ground when 'mandate' then 'active' when 'guardian' then 'guardianship'
                                       when 'next_of_kin' then 'deceased' end
        limit 1) end;

drop policy asked_of_state on subjects_subject;
create policy asked_of_state on subjects_subject for select to chengxin_owner
    using (status in ('active', 'guardianship', 'deceased') and (select guard.channel()) = 'represented');
