-- Of several policies the USING of any goes with the WITH CHECK of any, so each check says again who acts (ADR 0109).
alter policy asker_opens on emergency_access
    with check (asked_by = (select guard.actor_key()) and body = (select guard.body()) and confirmed_by <> ''
                and opened_at is not null);
alter policy confirmer_decides on emergency_access
    with check ((select guard.has_role('audit_admin')) and (select guard.purpose()) = 'emergency'
                and confirming_body = (select guard.body()) and asked_by <> (select guard.actor_key())
                and opened_at is null and (confirmed_by = (select guard.actor_key()) or refused_at is not null));
