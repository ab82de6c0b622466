-- To have a copy of the report, which says who looked: what is kept from the person is kept from who acts for them.
-- So the looks that are withheld come first here, and only then does anybody else read looks.
alter policy withholds on looks_restriction
    using (subject_id in ((select guard.subject_id()), (select guard.attended_id()),
                          (select guard.represented_id('report')))
           and approved_at is not null and ended_at is null
           and coalesce(ends_on > (select guard.legal_day()), true));

-- Looks are read while a report is made, and for nothing else: 谁看过我 itself stays the person's own.
create policy represented on audit_event for select to chengxin_app
    using (subject_id = (select guard.represented_id('report')) and (select guard.purpose()) = 'own_report');

-- Reports of the whole file; what an enterprise or an occupation shows is made by whose it is. A newer one lets the one
-- before give way; nobody but the person takes one back.
create policy represented_reads on archives_report for select to chengxin_app
    using (subject_id = (select guard.represented_id('report')) and form = 'report');
create policy represented_makes on archives_report for insert to chengxin_app
    with check (subject_id = (select guard.represented_id('report')) and form = 'report'
                and superseded_at is null and withdrawn_at is null);
create policy represented_renews on archives_report for update to chengxin_app
    using (subject_id = (select guard.represented_id('report')) and form = 'report' and withdrawn_at is null)
    with check (subject_id = (select guard.represented_id('report')) and form = 'report' and withdrawn_at is null
                and superseded_at is not null);
