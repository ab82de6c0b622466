-- Notice, declaration and outcome are public (EC 44). The platform files them; a merchant adds its own declaration.
select guard.protect('duties_ip_notice');
create policy public_reads on duties_ip_notice for select to chengxin_app using (true);
create policy platform_files on duties_ip_notice for insert to chengxin_app
    with check (platform = (select guard.body()) and filed_by = (select guard.actor_key())
                and (select guard.channel()) = 'body' and (select guard.purpose()) = 'market_filing'
                and exists (select from market_shop s where s.id = shop_id and s.platform = duties_ip_notice.platform
                            and s.subject_id is not distinct from duties_ip_notice.subject_id));

select guard.protect('duties_ip_step');
create policy public_reads on duties_ip_step for select to chengxin_app using (true);
create policy platform_adds on duties_ip_step for insert to chengxin_app
    with check ((select guard.channel()) = 'body' and (select guard.purpose()) = 'market_filing'
                and exists (select from duties_ip_notice n where n.id = notice_id and n.platform = (select guard.body())));
create policy merchant_declares on duties_ip_step for insert to chengxin_app
    with check ((select guard.channel()) = 'self' and state = 'declared'
                and exists (select from duties_ip_notice n
                             where n.id = notice_id and n.subject_id = (select guard.subject_id())));
