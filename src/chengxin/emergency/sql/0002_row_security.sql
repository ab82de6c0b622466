-- Who asked reads and opens their own; another post, never who asked, confirms; the person reads; the platform counts.
select guard.protect('emergency_access');
create policy asker_asks on emergency_access for insert to chengxin_app
    with check (asked_by = (select guard.actor_key()) and body = (select guard.body())
                and (select guard.has_role('case_officer')) and confirmed_by = '');
create policy asker_reads on emergency_access for select to chengxin_app
    using (asked_by = (select guard.actor_key()) and body = (select guard.body()));
create policy asker_opens on emergency_access for update to chengxin_app
    using (asked_by = (select guard.actor_key()) and body = (select guard.body()) and confirmed_by <> ''
           and opened_at is null)
    with check (asked_by = (select guard.actor_key()) and confirmed_by <> '' and opened_at is not null);
create policy confirmer_reads on emergency_access for select to chengxin_app
    using ((select guard.has_role('audit_admin')) and (select guard.purpose()) = 'emergency'
           and confirming_body = (select guard.body()));
create policy confirmer_decides on emergency_access for update to chengxin_app
    using ((select guard.has_role('audit_admin')) and (select guard.purpose()) = 'emergency'
           and confirming_body = (select guard.body()) and asked_by <> (select guard.actor_key())
           and confirmed_by = '' and refused_at is null)
    with check ((select guard.has_role('audit_admin')) and confirming_body = (select guard.body()) and asked_by <> (select guard.actor_key())
                and (confirmed_by = (select guard.actor_key()) or refused_at is not null));
create policy subject_reads on emergency_access for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy platform_counts on emergency_access for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job');

-- The one way to records that no purpose rule opens: named by the context, confirmed, running, of this officer.
create policy emergency_reads on records_version for select to chengxin_app
    using (subject_id = (select guard.queried_id()) and superseded_at is null and provenance = 'determined'
           and (select guard.purpose()) = 'emergency'
           and exists (select from emergency_access e
                        where e.id::text = (select guard.case_ref()) and e.subject_id = records_version.subject_id
                          and e.asked_by = (select guard.actor_key()) and records_version.item_code = any(e.items)
                          and e.opened_at is not null and e.ends_at > statement_timestamp()));
