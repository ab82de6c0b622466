-- Rules are public. A measure that law has published is too; a class is the merchant's, its platform's and the overseers'.
select guard.protect('duties_rule');
create policy public_reads on duties_rule for select to chengxin_app using (true);
create policy platform_files on duties_rule for insert to chengxin_app
    with check (platform = (select guard.body()) and filed_by = (select guard.actor_key())
                and (select guard.channel()) = 'body' and (select guard.purpose()) = 'market_filing'
                and exists (select from market_platform p where p.body = platform));

select guard.protect('duties_action');
create policy public_reads on duties_action for select to chengxin_app using (is_public);
create policy platform_reads on duties_action for select to chengxin_app
    using (platform = (select guard.body()) and (select guard.channel()) = 'body'
           and (select guard.purpose()) = 'market_filing');
create policy merchant_reads on duties_action for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy overseers_read on duties_action for select to chengxin_app
    using ((select guard.channel()) = 'office' and (select guard.purpose()) = 'oversight'
           and (select guard.has_role('case_officer')));
create policy platform_acts on duties_action for insert to chengxin_app
    with check (platform = (select guard.body()) and decided_by = (select guard.actor_key())
                and (select guard.channel()) = 'body' and (select guard.purpose()) = 'market_filing'
                and exists (select from market_shop s where s.id = shop_id and s.platform = duties_action.platform
                            -- No person is ever classed: an individual's shop takes measures, and no class.
                            and (duties_action.grade = '' or s.seller = 'operator'))
                and exists (select from duties_rule r where r.id = rule_id and r.platform = duties_action.platform));
create policy platform_lifts on duties_action for update to chengxin_app
    using (platform = (select guard.body()) and (select guard.channel()) = 'body'
           and (select guard.purpose()) = 'market_filing')
    with check (platform = (select guard.body()));
