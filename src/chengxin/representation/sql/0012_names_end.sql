-- Names end with the papers of a case: the applicant's on an application, the other side's on what was entrusted.
alter policy sweep_reads on representation_mandate
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy sweep_empties on representation_mandate for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
           and (ended_at is not null or ends_on <= (select guard.legal_day())))
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and (ended_at is not null or ends_on <= (select guard.legal_day())) and sealed_name = '');
create trigger sweep_only_empties before update on representation_mandate
    for each row execute function retention_sweep_only_empties('sealed_name');
create trigger keep_words before update of sealed_name on representation_mandate
    for each row execute function retention_keep_words('sealed_name');
alter policy sweep_empties on representation_application
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and closed_at is not null and sealed = '' and coalesce(sealed_name, '') = '');
create trigger sweep_only_empties before update on representation_application
    for each row execute function retention_sweep_only_empties('sealed', 'sealed_name');
