-- A word to colleagues ends with the papers of its case; a step changes in nothing else, and by nobody else. The
-- platform reads steps already.
create policy sweep_empties on casework_step for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
           and note <> '' and exists (select from casework_case c where c.id = case_id and c.is_closed))
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and exists (select from casework_case c where c.id = case_id and c.is_closed) and note = '');
create trigger sweep_only_empties before update on casework_step
    for each row execute function retention_sweep_only_empties('note');
create trigger keep_words before update of note on casework_step
    for each row execute function retention_keep_words('note');
