-- What a person shows is theirs; the platform sees the one row whose code somebody holds, and counts its opening.
select guard.protect('presentations_presentation');
create policy person_reads on presentations_presentation for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy person_makes on presentations_presentation for insert to chengxin_app
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self'
                and uses = 0 and withdrawn_at is null);
create policy person_takes_back on presentations_presentation for update to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self' and withdrawn_at is null)
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self'
                and withdrawn_at is not null);
create policy holder_of_code_reads on presentations_presentation for select to chengxin_app
    using ((select guard.channel()) = 'job' and (select guard.has_role('platform'))
           and (select guard.purpose()) = 'presentation' and encode(code_digest, 'hex') = (select guard.case_ref()));
create policy holder_of_code_opens on presentations_presentation for update to chengxin_app
    using ((select guard.channel()) = 'job' and (select guard.has_role('platform'))
           and (select guard.purpose()) = 'presentation' and encode(code_digest, 'hex') = (select guard.case_ref())
           and withdrawn_at is null)
    with check ((select guard.channel()) = 'job' and (select guard.has_role('platform'))
                and (select guard.purpose()) = 'presentation'
                and encode(code_digest, 'hex') = (select guard.case_ref()) and withdrawn_at is null and uses > 0);
