-- Who stands in an export is written with it and read by the tracing alone: a body knows its own file anyway.
select guard.protect('exports_person');
create policy with_own_export on exports_person for insert to chengxin_app
    with check (exists (select from exports_export e where e.id = export_id and e.actor_key = (select guard.actor_key())));
create policy tracing on exports_person for select to chengxin_app
    using ((select guard.purpose()) = 'misuse_detection' and (select guard.has_role('platform')));
