-- Of several policies the USING of any goes with the WITH CHECK of any, so each check says again who acts (ADR 0109).
alter policy source_supersedes on records_version
    with check (body = (select guard.body()) and (select guard.channel()) = 'intake');
alter policy sweep_empties on records_version
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and content = '{}' and sealed is null and document_key = '');
alter policy officer_lifts on records_mark
    with check ((select guard.channel()) in ('body', 'office', 'job') and body = (select guard.body())
                and lifted_at is not null);
alter policy subject_takes_back on records_mark
    with check (kind = 'objection' and subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self'
                and lifted_at is not null);
alter policy platform_lifts_objection on records_mark
    with check (kind = 'objection' and (select guard.channel()) = 'job' and (select guard.has_role('platform'))
                and lifted_at is not null);
alter policy case_handler_lifts on records_mark
    with check (kind = 'objection' and record_id = (select c.ref_id::uuid from casework_case c
                              where c.number = (select guard.case_ref()) and c.ref_kind = 'record'
                                and c.body = (select guard.body()))
                and (select guard.channel()) in ('body', 'office', 'intake') and lifted_at is not null);
