-- What was nominated ends with the papers of its case, once it is over.
create policy sweep_reads on honours_nomination for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy sweep_empties on honours_nomination for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
           and (closed_at is not null or withdrawn_at is not null or valid_until < (select guard.legal_day())))
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and (closed_at is not null or withdrawn_at is not null or valid_until < (select guard.legal_day()))
                and sealed = '' and shown_name = '' and shown_story = '');
create trigger sweep_only_empties before update on honours_nomination
    for each row execute function retention_sweep_only_empties('sealed', 'shown_name', 'shown_story');
