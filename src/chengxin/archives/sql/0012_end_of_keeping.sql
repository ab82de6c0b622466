-- What a report said ends a time after it was made; its digest stays, and with it what verification answers.
create policy sweep_reads on archives_report for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy sweep_empties on archives_report for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention')
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and sealed = '');
create trigger sweep_only_empties before update on archives_report
    for each row execute function retention_sweep_only_empties('sealed');
create trigger keep_words before update of sealed on archives_report
    for each row execute function retention_keep_words('sealed');
-- With the image of a letter ends what was typed from it.
create policy sweep_empties on archives_mandate for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention')
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and sealed = '');
create trigger sweep_only_empties before update on archives_mandate
    for each row execute function retention_sweep_only_empties('sealed');
create trigger keep_words before update of sealed on archives_mandate
    for each row execute function retention_keep_words('sealed');
