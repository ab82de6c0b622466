-- Of several policies the USING of any goes with the WITH CHECK of any, so each check says again who acts (ADR 0109).
alter policy another_confirms on matching_clearance
    with check (body = (select guard.body()) and (select guard.channel()) = 'body'
                and ((select guard.has_role('approver')) or (select guard.has_role('case_officer')))
                and confirmed_by = (select guard.actor_key()) and confirmed_at is not null and withdrawn_at is null
                and destroyed_at is null and reasons <> '');
alter policy officer_takes_back on matching_clearance
    with check (body = (select guard.body()) and (select guard.channel()) = 'body'
                and ((select guard.has_role('clerk')) or (select guard.has_role('case_officer')))
                and withdrawn_at is not null and destroyed_at is null and reasons <> '');
