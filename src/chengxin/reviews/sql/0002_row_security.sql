-- What a buyer says of an operator's shop is public once it is open; what a seller says of a buyer is that buyer's and
-- the two sides' alone. Words that are hidden stay, and are read by the platform, the buyer and the overseeing office.
select guard.protect('reviews_trade');
create policy platform_files on reviews_trade for insert to chengxin_app
    with check (platform = (select guard.body()) and (select guard.channel()) = 'body'
                and (select guard.purpose()) = 'market_filing'
                and exists (select from market_shop s where s.id = shop_id and s.platform = (select guard.body())));
create policy platform_reads on reviews_trade for select to chengxin_app
    using (platform = (select guard.body()) and (select guard.channel()) = 'body'
           and (select guard.purpose()) = 'market_filing');
create policy job_reads on reviews_trade for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
           and (select guard.purpose()) = 'market_filing');
-- Whoever names order and buyer as the platform knows them is the buyer: the seller does not have the second.
create policy buyer_reads on reviews_trade for select to chengxin_app
    using ((select guard.channel()) = 'public' and (select guard.purpose()) = 'review_following'
           and encode(order_tag, 'hex') || encode(buyer_tag, 'hex') = (select guard.case_ref()));

select guard.protect('reviews_opening');
create policy everybody_reads on reviews_opening for select to chengxin_app using (true);
create policy platform_opens on reviews_opening for insert to chengxin_app
    with check (exists (select from reviews_trade t where t.id = trade_id and t.platform = (select guard.body())));

select guard.protect('reviews_review');
create policy public_reads on reviews_review for select to chengxin_app
    using (side = 'buyer' and of_operator
           and (opens_at <= (select guard.moment())
                or exists (select from reviews_opening o where o.trade_id = reviews_review.trade_id)));
create policy merchant_reads on reviews_review for select to chengxin_app
    using (side = 'seller' and subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy buyer_reads on reviews_review for select to chengxin_app
    using ((select guard.channel()) = 'public' and (select guard.purpose()) = 'review_following'
           and exists (select from reviews_trade t where t.id = trade_id)
           and (side = 'buyer' or opens_at <= (select guard.moment())
                or exists (select from reviews_opening o where o.trade_id = reviews_review.trade_id)));
create policy platform_reads on reviews_review for select to chengxin_app
    using (platform = (select guard.body()) and (select guard.channel()) = 'body'
           and (select guard.purpose()) = 'market_filing');
create policy job_reads on reviews_review for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
           and (select guard.purpose()) = 'market_filing');
create policy platform_files on reviews_review for insert to chengxin_app
    with check (platform = (select guard.body()) and (select guard.channel()) = 'body'
                and (select guard.purpose()) = 'market_filing'
                and exists (select from reviews_trade t where t.id = trade_id and t.platform = (select guard.body())
                            and t.shop_id = reviews_review.shop_id));

select guard.protect('reviews_hiding');
create policy everybody_reads on reviews_hiding for select to chengxin_app using (true);
create policy platform_hides on reviews_hiding for insert to chengxin_app
    with check (actor_key = (select guard.actor_key()) and body = (select guard.body())
                and (select guard.channel()) = 'body' and (select guard.purpose()) = 'market_filing'
                and exists (select from reviews_review r where r.id = review_id and r.platform = (select guard.body())));
create policy office_hides on reviews_hiding for insert to chengxin_app
    with check (actor_key = (select guard.actor_key()) and body = (select guard.body())
                and (select guard.channel()) = 'office' and (select guard.purpose()) = 'oversight'
                and (select guard.has_role('case_officer'))
                and exists (select from reviews_review r where r.id = review_id));

select guard.protect('reviews_said');
create policy shown on reviews_said for select to chengxin_app
    using (exists (select from reviews_review r where r.id = review_id)
           and not exists (select from reviews_hiding h where h.review_id = reviews_said.review_id and h.is_hidden
                           and not exists (select from reviews_hiding l
                                           where l.review_id = h.review_id and l.place > h.place)));
create policy hidden_to_its_keepers on reviews_said for select to chengxin_app
    using (((select guard.channel()) = 'body' and (select guard.purpose()) = 'market_filing'
            and exists (select from reviews_review r where r.id = review_id and r.platform = (select guard.body())))
           or ((select guard.channel()) = 'office' and (select guard.purpose()) = 'oversight'
               and (select guard.has_role('case_officer'))
               and exists (select from reviews_review r where r.id = review_id))
           or ((select guard.channel()) = 'public' and (select guard.purpose()) = 'review_following'
               and exists (select from reviews_review r join reviews_trade t on t.id = r.trade_id
                           where r.id = review_id)));
create policy platform_files on reviews_said for insert to chengxin_app
    with check ((select guard.channel()) = 'body' and (select guard.purpose()) = 'market_filing'
                and exists (select from reviews_review r where r.id = review_id and r.platform = (select guard.body())));
