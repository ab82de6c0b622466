-- The name that was claimed serves the decision of an identity review; it ends as papers do, its tag stays.
create policy sweep_empties on subjects_review for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention' and state <> 'open')
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention' and state <> 'open'
                and claimed_sealed = '');
create trigger sweep_only_empties before update on subjects_review
    for each row execute function retention_sweep_only_empties('claimed_sealed');
create trigger keep_words before update of claimed_sealed on subjects_review
    for each row execute function retention_keep_words('claimed_sealed');
