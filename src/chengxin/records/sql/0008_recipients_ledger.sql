-- The ledger is written in the recipient's own name or by the platform, and read by the subject, the source, the platform.
drop policy outlet_notes_recipient on records_recipient;
create policy recipient_is_noted on records_recipient for insert to chengxin_app
    with check (recipient = (select guard.actor_key()) or recipient = 'body:' || (select guard.body()));
create policy platform_notes on records_recipient for insert to chengxin_app
    with check ((select guard.channel()) = 'job' and (select guard.has_role('platform')));
create policy source_tells_recipients on records_recipient for select to chengxin_app
    using (source_body = (select guard.body()) and (select guard.channel()) in ('intake', 'body', 'office'));
