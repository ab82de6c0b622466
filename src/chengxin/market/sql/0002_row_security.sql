-- Platforms, shops and verifications are a public register without anything of a natural person. A platform files its
-- own shops; the platform's own job keeps what the register answers and sends reminders.
select guard.protect('market_platform');
create policy public_reads on market_platform for select to chengxin_app using (true);
create policy office_registers on market_platform for insert to chengxin_app
    with check (registered_by = (select guard.actor_key()) and (select guard.channel()) = 'office'
                and ((select guard.has_role('case_officer')) or (select guard.has_role('platform'))));

select guard.protect('market_shop');
create policy public_reads on market_shop for select to chengxin_app using (true);
create policy platform_files on market_shop for insert to chengxin_app
    with check (platform = (select guard.body()) and (select guard.channel()) = 'body'
                and (select guard.purpose()) = 'market_filing'
                and exists (select from market_platform p where p.body = platform));
create policy platform_changes on market_shop for update to chengxin_app
    using (platform = (select guard.body()) and (select guard.channel()) = 'body'
           and (select guard.purpose()) = 'market_filing')
    with check (platform = (select guard.body()));
create policy job_compares on market_shop for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
           and (select guard.purpose()) = 'market_filing');

select guard.protect('market_verification');
create policy public_reads on market_verification for select to chengxin_app using (true);
create policy filer_notes on market_verification for insert to chengxin_app
    with check (actor_key = (select guard.actor_key()) and (select guard.channel()) = 'body'
                and (select guard.purpose()) = 'market_filing'
                and exists (select from market_shop s where s.id = shop_id and s.platform = (select guard.body())));
create policy job_notes on market_verification for insert to chengxin_app
    with check (actor_key = (select guard.actor_key()) and (select guard.has_role('platform'))
                and (select guard.channel()) = 'job' and (select guard.purpose()) = 'market_filing');

select guard.protect('market_reminder');
create policy job_keeps on market_reminder for all to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
           and (select guard.purpose()) = 'market_filing')
    with check ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
                and (select guard.purpose()) = 'market_filing');
