-- What was applied for ends with the papers of its case.
create policy sweep_reads on repair_application for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy sweep_empties on repair_application for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
           and closed_at is not null)
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and closed_at is not null and sealed = '');
create trigger sweep_only_empties before update on repair_application
    for each row execute function retention_sweep_only_empties('sealed');
create trigger keep_words before update of sealed on repair_application
    for each row execute function retention_keep_words('sealed');
