-- Of several policies the USING of any goes with the WITH CHECK of any, so each check says again who acts (ADR 0109).
alter policy reviewer_decides on misuse_sample
    with check ((select guard.has_role('audit_admin')) and reviewer_body = (select guard.body())
                and reviewed_by = (select guard.actor_key()));
