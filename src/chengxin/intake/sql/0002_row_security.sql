-- A body sees and changes only its own batches; the credit office reads the figures of its area through a job.
select guard.protect('intake_batch');
select guard.protect('intake_questioned_row');
select guard.protect('intake_fix');

create policy own_body_reads on intake_batch for select to chengxin_app using (body = (select guard.body()));
create policy own_body_files on intake_batch for insert to chengxin_app
    with check (body = (select guard.body()) and uploaded_by = (select guard.actor_key()));
create policy own_body_moves on intake_batch for update to chengxin_app
    using (body = (select guard.body())) with check (body = (select guard.body()));
create policy platform_counts on intake_batch for select to chengxin_app
    using ((select guard.channel()) = 'job' and (select guard.has_role('platform')));

create policy own_body on intake_questioned_row for all to chengxin_app
    using (body = (select guard.body())) with check (body = (select guard.body()));
create policy own_body on intake_fix for all to chengxin_app
    using (body = (select guard.body())) with check (body = (select guard.body()) and fixed_by = (select guard.actor_key()));
