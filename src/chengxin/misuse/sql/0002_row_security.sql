-- Who is checked sees what is asked of them and nothing about colleagues; the audit and security administrators see
-- alerts; marks are met by the detection only, and a declarer counts their own.
select guard.protect('misuse_alert');
select guard.protect('misuse_hit');
select guard.protect('misuse_mark');
select guard.protect('misuse_sample');

create policy detection on misuse_alert for all to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'misuse_detection')
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'misuse_detection');
create policy auditor_reads on misuse_alert for select to chengxin_app
    using ((select guard.purpose()) = 'misuse_handling'
           and ((select guard.has_role('audit_admin')) or (select guard.has_role('security_admin'))));
create policy own_reads on misuse_alert for select to chengxin_app
    using (clerk_key = (select guard.actor_key()));
create policy own_answers on misuse_alert for update to chengxin_app
    using (clerk_key = (select guard.actor_key()) and explained_at is null)
    with check (clerk_key = (select guard.actor_key()) and explained_at is not null);

create policy detection on misuse_hit for all to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'misuse_detection')
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'misuse_detection');
create policy auditor_reads on misuse_hit for select to chengxin_app
    using ((select guard.purpose()) = 'misuse_handling' and (select guard.has_role('audit_admin')));

create policy detection on misuse_mark for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'misuse_detection');
create policy own_reads on misuse_mark for select to chengxin_app
    using (owner_key = (select guard.actor_key()));
create policy declares on misuse_mark for insert to chengxin_app
    with check (owner_key = (select guard.actor_key())
                and (kind = 'conflict' or (select guard.has_role('audit_admin'))));
create policy takes_back on misuse_mark for update to chengxin_app
    using (owner_key = (select guard.actor_key())) with check (owner_key = (select guard.actor_key()));

create policy detection on misuse_sample for all to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'misuse_detection')
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'misuse_detection');
create policy reviewer_reads on misuse_sample for select to chengxin_app
    using ((select guard.has_role('audit_admin')) and reviewer_body = (select guard.body()));
create policy reviewer_decides on misuse_sample for update to chengxin_app
    using ((select guard.has_role('audit_admin')) and reviewer_body = (select guard.body()) and outcome = '')
    with check (reviewed_by = (select guard.actor_key()) and reviewer_body = (select guard.body()));

-- The detection reads the looks of staff in the log, and nothing else of it.
create policy misuse_detection_reads on audit_event for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'misuse_detection');
