-- The sweep writes what it destroyed and reads it to go on; the audit administrator reads the list.
select guard.protect('retention_destruction');
create policy sweep_reads on retention_destruction for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy sweep_writes on retention_destruction for insert to chengxin_app
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy oversight_reads on retention_destruction for select to chengxin_app
    using ((select guard.has_role('audit_admin')) and (select guard.purpose()) = 'audit');
