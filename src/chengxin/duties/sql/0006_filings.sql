-- What platforms file is public; the platform adds to it and nobody changes it, so that late stays late.
select guard.protect('duties_filing');
create policy public_reads on duties_filing for select to chengxin_app using (true);
create policy platform_files on duties_filing for insert to chengxin_app
    with check (platform = (select guard.body()) and filed_by = (select guard.actor_key())
                and (select guard.channel()) = 'body' and (select guard.purpose()) = 'market_filing'
                and filed_on = (select guard.legal_day())
                and exists (select from market_platform p where p.body = platform));
