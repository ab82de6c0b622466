-- A credential is its holder's; the platform reads places and claims to sign the list, and changes nothing.
select guard.protect('credentials_credential');
create policy holder_reads on credentials_credential for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy holder_asks on credentials_credential for insert to chengxin_app
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self' and revoked_at is null);
create policy holder_ends on credentials_credential for update to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self' and revoked_at is null)
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self'
                and revoked_at is not null);
create policy platform_signs on credentials_credential for select to chengxin_app
    using ((select guard.channel()) = 'job' and (select guard.has_role('platform'))
           and (select guard.purpose()) = 'credential_status');
