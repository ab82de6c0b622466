-- With the uploaded file ends what was corrected in it.
create policy sweep_reads on intake_fix for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy sweep_empties on intake_fix for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
           and sealed <> '')
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and sealed = '');
create trigger sweep_only_empties before update on intake_fix
    for each row execute function retention_sweep_only_empties('sealed');
