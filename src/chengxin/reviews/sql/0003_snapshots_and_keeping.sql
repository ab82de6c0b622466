-- What a snapshot lacks is a lead: its platform and whoever oversees read it, the public never.
select guard.protect('reviews_snapshot');
create policy platform_files on reviews_snapshot for insert to chengxin_app
    with check (platform = (select guard.body()) and (select guard.channel()) = 'body'
                and (select guard.purpose()) = 'market_filing'
                and exists (select from market_shop s where s.id = shop_id and s.platform = (select guard.body())));
create policy platform_reads on reviews_snapshot for select to chengxin_app
    using (platform = (select guard.body()) and (select guard.channel()) = 'body'
           and (select guard.purpose()) = 'market_filing');
create policy overseers_read on reviews_snapshot for select to chengxin_app
    using ((select guard.channel()) = 'office' and (select guard.purpose()) = 'oversight'
           and (select guard.has_role('case_officer')));
create policy job_reads on reviews_snapshot for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
           and (select guard.purpose()) = 'market_filing');

select guard.protect('reviews_removal');
create policy with_its_snapshot on reviews_removal for select to chengxin_app
    using (exists (select from reviews_snapshot s where s.id = snapshot_id));
create policy platform_files on reviews_removal for insert to chengxin_app
    with check (exists (select from reviews_snapshot s where s.id = snapshot_id and s.platform = (select guard.body())));

select guard.protect('reviews_score');
create policy everybody_reads on reviews_score for select to chengxin_app using (true);
-- Of operators' shops alone: no person is ever scored, whoever forgets it in Python.
create policy job_settles on reviews_score for insert to chengxin_app
    with check ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
                and (select guard.purpose()) = 'market_filing'
                and exists (select from market_shop s where s.id = shop_id and s.seller = 'operator'));
create policy job_changes on reviews_score for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
           and (select guard.purpose()) = 'market_filing')
    with check (exists (select from market_shop s where s.id = shop_id and s.seller = 'operator'));

-- No login may change or delete what was reviewed; nor may the owner by mistake, nor a migration that forgets.
create function reviews_keep() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    raise exception 'Reviews are only ever added (EC 39): % on % is refused.', tg_op, tg_table_name
        using errcode = 'restrict_violation';
end
$$;
do $$
declare
    kept text;
begin
    foreach kept in array array['reviews_trade', 'reviews_review', 'reviews_said', 'reviews_opening', 'reviews_hiding',
                                'reviews_snapshot', 'reviews_removal'] loop
        execute format('create trigger keep_rows before update or delete on %I for each row
                        execute function reviews_keep()', kept);
        execute format('create trigger keep_table before truncate on %I for each statement
                        execute function reviews_keep()', kept);
    end loop;
end
$$;
