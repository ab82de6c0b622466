-- A draft ends with the papers of its case: the record it became has clocks of its own.
create policy sweep_reads on determinations_determination for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy sweep_empties on determinations_determination for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
           and exists (select from casework_case c where c.id = case_id and c.is_closed))
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and exists (select from casework_case c where c.id = case_id and c.is_closed) and sealed = '');
create trigger sweep_only_empties before update on determinations_determination
    for each row execute function retention_sweep_only_empties('sealed');
create trigger keep_words before update of sealed on determinations_determination
    for each row execute function retention_keep_words('sealed');
-- There is a second policy for UPDATE now, so the first says again who acts in its second half (ADR 0109).
alter policy body_moves on determinations_determination
    with check (body = (select guard.body()) and (select guard.channel()) in ('body', 'intake'));
