-- Of several policies the USING of any goes with the WITH CHECK of any, so each check says again who acts (ADR 0109).
alter policy approver_approves on looks_restriction
    with check (body = (select guard.body()) and (select guard.channel()) = 'body'
                and (select guard.has_role('approver')) and proposed_by <> (select guard.actor_key())
                and approved_by = (select guard.actor_key()) and ended_at is null);
