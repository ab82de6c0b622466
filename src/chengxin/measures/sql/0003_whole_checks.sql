-- Of several policies the USING of any goes with the WITH CHECK of any, so each check says again who acts (ADR 0109).
alter policy body_ends on measures_applied
    with check (body = (select guard.body()) and (select guard.channel()) = 'body');
alter policy job_ends on measures_applied
    with check ((select guard.has_role('platform')) and (select guard.channel()) = 'job' and ended_at is not null);
