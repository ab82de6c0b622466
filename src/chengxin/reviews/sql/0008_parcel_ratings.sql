-- Of who carried a parcel nobody but the platform that filed it reads a single rating; the public reads sums.
select guard.protect('reviews_parcel_rating');
create policy platform_files on reviews_parcel_rating for insert to chengxin_app
    with check (platform = (select guard.body()) and (select guard.channel()) = 'body'
                and (select guard.purpose()) = 'market_filing'
                -- The company is the one whose waybill the trade was filed with, whatever the rating says.
                and exists (select from reviews_trade t where t.id = trade_id and t.platform = (select guard.body())
                            and t.parcel_tag is not null and t.courier = reviews_parcel_rating.courier));
create policy platform_reads on reviews_parcel_rating for select to chengxin_app
    using (platform = (select guard.body()) and (select guard.channel()) = 'body'
           and (select guard.purpose()) = 'market_filing');
create policy job_reads on reviews_parcel_rating for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
           and (select guard.purpose()) = 'market_filing');

select guard.protect('reviews_voice');
create policy everybody_reads on reviews_voice for select to chengxin_app using (true);
create policy job_settles on reviews_voice for insert to chengxin_app
    with check ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
                and (select guard.purpose()) = 'market_filing');
create policy job_changes on reviews_voice for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
           and (select guard.purpose()) = 'market_filing');

create trigger keep_rows before update or delete on reviews_parcel_rating for each row
    execute function reviews_keep();
create trigger keep_table before truncate on reviews_parcel_rating for each statement
    execute function reviews_keep();
