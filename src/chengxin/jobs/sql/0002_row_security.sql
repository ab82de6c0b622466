-- A message is read by who receives it, by the body that acted, by its subject, and by the worker that carries it.
select guard.protect('jobs_message');

create policy actor_puts on jobs_message for insert to chengxin_app
    with check (sender_key = (select guard.actor_key()) and sender_body = coalesce((select guard.body()), '')
                and receipt_at is null and delivered_at is null and attempts = 0);
create policy client_reads on jobs_message for select to chengxin_app
    using (recipient = (select guard.actor_key()));
create policy body_reads on jobs_message for select to chengxin_app
    using (recipient = 'body:' || (select guard.body()));
create policy sender_reads on jobs_message for select to chengxin_app
    using (sender_body = (select guard.body()));
create policy subject_reads on jobs_message for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy worker_reads on jobs_message for select to chengxin_app
    using ((select guard.channel()) = 'job' and (select guard.has_role('platform')));

-- The recipient adds its receipt to what has arrived; the columns it may write are in grants.yaml.
create policy client_answers on jobs_message for update to chengxin_app
    using (recipient = (select guard.actor_key()) and delivered_at is not null and receipt_at is null)
    with check (receipt_at is not null);
create policy body_answers on jobs_message for update to chengxin_app
    using (recipient = 'body:' || (select guard.body()) and delivered_at is not null and receipt_at is null)
    with check (receipt_at is not null);
create policy worker_delivers on jobs_message for update to chengxin_app
    using ((select guard.channel()) = 'job' and (select guard.has_role('platform')))
    with check ((select guard.channel()) = 'job' and (select guard.has_role('platform')));
