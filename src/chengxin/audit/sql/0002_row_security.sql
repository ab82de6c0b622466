-- Whoever acts writes events in their own name; a subject reads what was looked at about itself, the audit role all.
select guard.protect('audit_event');
select guard.protect('audit_writer');

create policy in_own_name on audit_event for insert to chengxin_app
    with check (actor_key = (select guard.actor_key()));
create policy subject_reads on audit_event for select to chengxin_app
    using (subject_id = (select guard.subject_id()));
create policy auditor_reads on audit_event for select to chengxin_app
    using ((select guard.has_role('audit_admin')) and (select guard.purpose()) = 'audit');

create policy session_writes on audit_writer for insert to chengxin_app
    with check ((select guard.actor_key()) is not null);
create policy session_counts on audit_writer for update to chengxin_app
    using ((select guard.actor_key()) is not null) with check ((select guard.actor_key()) is not null);
create policy session_reads on audit_writer for select to chengxin_app
    using ((select guard.actor_key()) is not null);
