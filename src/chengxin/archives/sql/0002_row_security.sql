-- A report belongs to its subject. The platform sees one row by its code, to answer a verification and nothing else.
select guard.protect('archives_report');

create policy subject_makes on archives_report for insert to chengxin_app
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy subject_reads on archives_report for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy subject_ends on archives_report for update to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self')
    with check (withdrawn_at is not null or superseded_at is not null);
create policy verification_reads on archives_report for select to chengxin_app
    using ((select guard.channel()) = 'job' and (select guard.has_role('platform'))
           and (select guard.purpose()) = 'public_viewing' and code = (select guard.case_ref()));
