-- For whom a person showed something ends some time after nobody can open it any more.
create policy sweep_reads on presentations_presentation for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy sweep_empties on presentations_presentation for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
           and ends_at < (select guard.moment()))
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and ends_at < (select guard.moment()) and recipient = '');
create trigger sweep_only_empties before update on presentations_presentation
    for each row execute function retention_sweep_only_empties('recipient');
create trigger keep_words before update of recipient on presentations_presentation
    for each row execute function retention_keep_words('recipient');
