-- A body sees the cases it is a party of, a subject the cases about itself. Only they
-- move a case; nobody writes a step in another's name.
select guard.protect('casework_case');
select guard.protect('casework_step');
select guard.protect('casework_opening');

create policy party_reads on casework_case for select to chengxin_app
    using (parties @> array[(select guard.body())]::varchar[]);
create policy subject_reads on casework_case for select to chengxin_app
    using (subject_id = (select guard.subject_id()));
create policy platform_reads on casework_case for select to chengxin_app
    using ((select guard.has_role('platform')));

create policy party_opens on casework_case for insert to chengxin_app
    with check (opened_by = (select guard.actor_key()) and parties @> array[(select guard.body())]::varchar[]);
create policy subject_opens on casework_case for insert to chengxin_app
    with check (opened_by = (select guard.actor_key()) and subject_id = (select guard.subject_id()));
create policy platform_opens on casework_case for insert to chengxin_app
    with check (opened_by = (select guard.actor_key()) and (select guard.has_role('platform')));

create policy party_moves on casework_case for update to chengxin_app
    using (parties @> array[(select guard.body())]::varchar[]) with check (parties @> array[(select guard.body())]::varchar[]);
create policy subject_moves on casework_case for update to chengxin_app
    using (subject_id = (select guard.subject_id())) with check (subject_id = (select guard.subject_id()));
create policy platform_moves on casework_case for update to chengxin_app
    using ((select guard.has_role('platform'))) with check ((select guard.has_role('platform')));

create policy with_its_case on casework_step for select to chengxin_app
    using (exists (select from casework_case c where c.id = case_id));
create policy in_own_name on casework_step for insert to chengxin_app
    with check (
        actor_key = (select guard.actor_key()) and exists (select from casework_case c where c.id = case_id)
    );

create policy with_its_case on casework_opening for select to chengxin_app
    using (exists (select from casework_case c where c.id = case_id));
create policy in_own_name on casework_opening for insert to chengxin_app
    with check (
        actor_key = (select guard.actor_key()) and exists (select from casework_case c where c.id = case_id)
    );
