-- Of several policies the USING of any goes with the WITH CHECK of any, so each check says again who acts (ADR 0109).
alter policy own_course on objections_objection
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
