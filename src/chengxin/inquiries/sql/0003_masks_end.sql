-- Whom a statutory query named, masked, ends as papers do; the query, its looks in the log and its basis stay.
create policy sweep_reads on inquiries_statutory_query for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy sweep_reads on inquiries_named_person for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy sweep_empties on inquiries_named_person for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention')
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention' and shown = '');
create trigger sweep_only_empties before update on inquiries_named_person
    for each row execute function retention_sweep_only_empties('shown');
create trigger keep_words before update of shown on inquiries_named_person
    for each row execute function retention_keep_words('shown');
-- Beside another policy a check says again who acts: what it lets through, any row that may be touched becomes.
alter policy approver_opens on inquiries_named_person
    with check (body = (select guard.body()) and (select guard.has_role('approver')) and authorisation_id is not null);
