-- An application belongs to its subject and to the body that decides it; nobody else sees that there is one.
select guard.protect('repair_application');
select guard.protect('repair_paper');

create policy subject_applies on repair_application for insert to chengxin_app
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self'
                and applied_by = (select guard.actor_key()) and granted_at is null and closed_at is null);
create policy subject_reads on repair_application for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) in ('self', 'body'));
create policy subject_withdraws on repair_application for update to chengxin_app
    using (subject_id = (select guard.subject_id()) and granted_at is null and closed_at is null)
    with check (subject_id = (select guard.subject_id()) and granted_at is null and closed_at is not null);
create policy body_reads on repair_application for select to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body');
create policy body_decides on repair_application for update to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body')
    with check (body = (select guard.body()));

create policy subject_hands_in on repair_paper for insert to chengxin_app
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self'
                and exists (select from repair_application a where a.id = application_id
                            and a.subject_id = repair_paper.subject_id and a.closed_at is null));
create policy with_its_application on repair_paper for select to chengxin_app
    using (exists (select from repair_application a where a.id = application_id));
