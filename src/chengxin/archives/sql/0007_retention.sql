-- The sweep of retention reads which letters were shown when, and nothing of what they say.
create policy sweep_reads on archives_mandate for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy sweep_reads on archives_counter_visit for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
