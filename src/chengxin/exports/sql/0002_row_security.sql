-- An export is written in one's own name and read by its body; the audit administrator and the tracing read all.
select guard.protect('exports_export');
create policy own_name on exports_export for insert to chengxin_app
    with check (actor_key = (select guard.actor_key()));
create policy own_body on exports_export for select to chengxin_app
    using (body = (select guard.body()));
create policy oversight on exports_export for select to chengxin_app
    using ((select guard.purpose()) = 'misuse_handling' and (select guard.has_role('audit_admin')));
create policy tracing on exports_export for select to chengxin_app
    using ((select guard.purpose()) = 'misuse_detection' and (select guard.has_role('platform')));
