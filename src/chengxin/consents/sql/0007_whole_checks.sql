-- Of several policies the USING of any goes with the WITH CHECK of any, so each check says again who acts (ADR 0109).
alter policy holder_uses on consents_authorisation
    with check (id::text = (select guard.case_ref()) and body = (select guard.body())
                and subject_id = (select guard.queried_id()) and revoked_at is null);
