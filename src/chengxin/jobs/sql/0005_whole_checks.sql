-- Of several policies the USING of any goes with the WITH CHECK of any, so each check says again who acts (ADR 0109).
alter policy client_answers on jobs_message
    with check (recipient = (select guard.actor_key()) and receipt_at is not null);
alter policy body_answers on jobs_message
    with check (recipient = 'body:' || (select guard.body()) and receipt_at is not null);
