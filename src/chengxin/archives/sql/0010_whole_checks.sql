-- Of several policies the USING of any goes with the WITH CHECK of any, so each check says again who acts (ADR 0109).
alter policy subject_ends on archives_report
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self'
                and (withdrawn_at is not null or superseded_at is not null));
alter policy gives_way_at_counter on archives_report
    with check (subject_id = (select guard.attended_id()) and superseded_at is not null);
