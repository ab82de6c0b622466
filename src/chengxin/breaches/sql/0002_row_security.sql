-- A breach is handled by the security and audit administrators of its body, through the office; the platform counts,
-- and writes who is concerned. Nobody else reads who was concerned by what; the persons read their notices.
select guard.protect('breaches_incident');
select guard.protect('breaches_person');
select guard.protect('breaches_stop');

create policy desk_reads on breaches_incident for select to chengxin_app
    using ((select guard.purpose()) = 'breach_handling' and (select guard.channel()) = 'office'
           and body = (select guard.body())
           and ((select guard.has_role('security_admin')) or (select guard.has_role('audit_admin'))));
create policy desk_opens on breaches_incident for insert to chengxin_app
    with check ((select guard.purpose()) = 'breach_handling' and body = (select guard.body())
                and opened_by = (select guard.actor_key()) and (select guard.has_role('security_admin'))
                and told_at is null and waived_at is null);
create policy desk_moves on breaches_incident for update to chengxin_app
    using ((select guard.purpose()) = 'breach_handling' and (select guard.channel()) = 'office'
           and body = (select guard.body())
           and ((select guard.has_role('security_admin')) or (select guard.has_role('audit_admin'))))
    with check (body = (select guard.body()));
create policy platform_counts on breaches_incident for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'breach_handling');

create policy with_its_incident on breaches_person for select to chengxin_app
    using (exists (select from breaches_incident i where i.id = incident_id));
create policy desk_lists on breaches_person for insert to chengxin_app
    with check ((select guard.has_role('security_admin')) and told_at is null
                and exists (select from breaches_incident i where i.id = incident_id and i.told_at is null));
create policy desk_tells on breaches_person for update to chengxin_app
    using ((select guard.has_role('security_admin')) and told_at is null
           and exists (select from breaches_incident i where i.id = incident_id))
    with check (told_at is not null);

create policy with_its_incident on breaches_stop for select to chengxin_app
    using (exists (select from breaches_incident i where i.id = incident_id));
create policy desk_stops on breaches_stop for insert to chengxin_app
    with check (actor_key = (select guard.actor_key()) and (select guard.has_role('security_admin'))
                and exists (select from breaches_incident i where i.id = incident_id));
