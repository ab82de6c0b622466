-- A program sets and sees its own address; the worker reads where to call. A message that is called out may be answered
-- before the call arrived, since its recipient also finds it in the feed: the answer then is the proof that it came.
select guard.protect('jobs_webhook');

create policy client_sets on jobs_webhook for insert to chengxin_app
    with check (recipient = (select guard.actor_key()));
create policy client_reads on jobs_webhook for select to chengxin_app
    using (recipient = (select guard.actor_key()));
create policy client_changes on jobs_webhook for update to chengxin_app
    using (recipient = (select guard.actor_key()))
    with check (recipient = (select guard.actor_key()));
create policy worker_reads on jobs_webhook for select to chengxin_app
    using ((select guard.channel()) = 'job' and (select guard.has_role('platform')));

drop policy client_answers on jobs_message;
drop policy body_answers on jobs_message;
create policy client_answers on jobs_message for update to chengxin_app
    using (recipient = (select guard.actor_key()) and (delivered_at is not null or kind = 'webhook')
           and receipt_at is null)
    with check (receipt_at is not null);
create policy body_answers on jobs_message for update to chengxin_app
    using (recipient = 'body:' || (select guard.body()) and (delivered_at is not null or kind = 'webhook')
           and receipt_at is null)
    with check (receipt_at is not null);

create function jobs_message_arrived() returns trigger language plpgsql as $$
begin
    new.delivered_at := new.receipt_at;
    new.next_attempt_at := null;
    new.dead_at := null;
    return new;
end $$;
create trigger answered_is_delivered before update on jobs_message for each row
    when (old.receipt_at is null and new.receipt_at is not null and new.delivered_at is null)
    execute function jobs_message_arrived();
