-- Of several policies the USING of any goes with the WITH CHECK of any, so each check says again who acts (ADR 0109).
alter policy body_decides on repair_application
    with check (body = (select guard.body()) and (select guard.channel()) = 'body');
