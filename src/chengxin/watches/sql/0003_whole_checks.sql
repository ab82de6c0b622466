-- Of several policies the USING of any goes with the WITH CHECK of any, so each check says again who acts (ADR 0109).
alter policy body_ends on watches_watch
    with check (body = (select guard.body()) and (select guard.channel()) = 'body'
                and ((select guard.has_role('clerk')) or (select guard.has_role('case_officer'))
                     or (select guard.has_role('client')))
                and ended_at is not null);
alter policy platform_ends on watches_watch
    with check ((select guard.channel()) = 'job' and (select guard.has_role('platform')) and ended_at is not null);
