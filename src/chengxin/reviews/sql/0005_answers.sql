-- A merchant answers in public what a buyer said of its own shop; nobody else writes in its name, its platform neither.
drop policy public_reads on reviews_review;
create policy public_reads on reviews_review for select to chengxin_app
    using (side in ('buyer', 'answer') and of_operator
           and (opens_at <= (select guard.moment())
                or exists (select from reviews_opening o where o.trade_id = reviews_review.trade_id)));
drop policy platform_files on reviews_review;
create policy platform_files on reviews_review for insert to chengxin_app
    with check (side <> 'answer' and platform = (select guard.body()) and (select guard.channel()) = 'body'
                and (select guard.purpose()) = 'market_filing'
                and exists (select from reviews_trade t where t.id = trade_id and t.platform = (select guard.body())
                            and t.shop_id = reviews_review.shop_id));
create policy merchant_answers on reviews_review for insert to chengxin_app
    with check (side = 'answer' and of_operator and subject_id = (select guard.subject_id())
                and (select guard.channel()) = 'self' and (select guard.purpose()) = 'own_archive'
                and exists (select from market_shop s where s.id = shop_id and s.platform = reviews_review.platform
                            and s.subject_id = (select guard.subject_id())));
create policy merchant_answers on reviews_said for insert to chengxin_app
    with check ((select guard.channel()) = 'self' and (select guard.purpose()) = 'own_archive'
                and exists (select from reviews_review r where r.id = review_id and r.side = 'answer'
                            and r.subject_id = (select guard.subject_id())));

-- A policy cannot look into its own table: that an answer has an open review to answer is asked here.
create function reviews_answer_fits() returns trigger language plpgsql set search_path = public, pg_catalog, pg_temp as $$
begin
    if not exists (select from reviews_review r where r.trade_id = new.trade_id and r.side = 'buyer' and r.place = 1
                   and r.shop_id = new.shop_id and r.subject_id = new.subject_id) then
        raise exception 'An answer needs an open review of the same shop.' using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;
create trigger answer_fits before insert on reviews_review for each row when (new.side = 'answer')
    execute function reviews_answer_fits();
