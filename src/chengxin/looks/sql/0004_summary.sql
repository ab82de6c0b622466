-- A person chooses whether the message of the yearly summary comes; the platform notes of which year it told.
select guard.protect('looks_summary');
create policy person_chooses on looks_summary for all to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self')
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy platform_tells on looks_summary for all to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'own_summary')
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'own_summary');
