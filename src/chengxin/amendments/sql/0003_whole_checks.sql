-- Of several policies the USING of any goes with the WITH CHECK of any, so each check says again who acts (ADR 0109).
alter policy office_looks on amendments_opinion
    with check ((select guard.has_role('case_officer')) and (select guard.channel()) = 'office'
                and exists (select from amendments_amendment a where a.id = amendment_id
                              and a.body = (select guard.body()))
                and looked_by <> '');
alter policy sweep_empties on amendments_opinion
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and text = '' and name = '');
