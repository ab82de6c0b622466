-- A complaint is read by the bodies that are parties of its case, by the operator of the shop, by whoever holds its
-- code; the platform takes it in, writes what the consumer does by the code, and counts.
select guard.protect('disputes_dispute');
create policy platform_keeps on disputes_dispute for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'dispute_handling');
create policy platform_receives on disputes_dispute for insert to chengxin_app
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'dispute_handling'
                and destroyed_at is null);
-- Conditions after the change are those of all policies, one or the other, so each names again who may make it.
create policy platform_changes on disputes_dispute for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'dispute_handling'
           and destroyed_at is null)
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'dispute_handling'
                and destroyed_at is null);
create policy code_reads on disputes_dispute for select to chengxin_app
    using ((select guard.channel()) = 'public' and (select guard.purpose()) = 'dispute_following'
           and encode(tag, 'hex') = (select guard.case_ref()));
create policy party_reads on disputes_dispute for select to chengxin_app
    using ((select guard.channel()) = 'body' and (select guard.purpose()) = 'dispute_handling'
           and ((select guard.has_role('clerk')) or (select guard.has_role('case_officer')))
           and exists (select from casework_case c
                        where c.id = case_id and c.parties @> array[(select guard.body())]::varchar[]));
create policy merchant_reads on disputes_dispute for select to chengxin_app
    using ((select guard.channel()) = 'self' and (select guard.purpose()) = 'dispute_handling'
           and subject_id = (select guard.subject_id()));
create policy sweep_reads on disputes_dispute for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy sweep_ends on disputes_dispute for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention' and destroyed_at is null)
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and destroyed_at is not null and contact = '' and caller_tag is null
                and public_text = '' and public_reply = '');

select guard.protect('disputes_entry');
create policy with_its_complaint on disputes_entry for select to chengxin_app
    using (exists (select from disputes_dispute d where d.id = dispute_id));
create policy platform_receives on disputes_entry for insert to chengxin_app
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'dispute_handling');

select guard.protect('disputes_terms');
create policy with_its_complaint on disputes_terms for select to chengxin_app
    using (exists (select from disputes_dispute d where d.id = dispute_id));
create policy in_own_name on disputes_terms for insert to chengxin_app
    with check (actor_key = (select guard.actor_key()) and (select guard.purpose()) = 'dispute_handling'
                and exists (select from disputes_dispute d where d.id = dispute_id));

select guard.protect('disputes_source');
create policy with_its_complaint on disputes_source for select to chengxin_app
    using ((select guard.channel()) <> 'self' and exists (select from disputes_dispute d where d.id = dispute_id));
create policy platform_receives on disputes_source for insert to chengxin_app
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'dispute_handling');

-- What a shop promises and what its fund holds is public; each shop promises for itself, each platform keeps its funds.
select guard.protect('disputes_promise');
create policy public_reads on disputes_promise for select to chengxin_app using (true);
create policy merchant_promises on disputes_promise for insert to chengxin_app
    with check (actor_key = (select guard.actor_key()) and (select guard.channel()) = 'self'
                and (select guard.purpose()) = 'dispute_handling'
                and exists (select from market_shop s where s.id = shop_id and s.platform = disputes_promise.platform
                             and s.subject_id = (select guard.subject_id())));
create policy platform_promises on disputes_promise for insert to chengxin_app
    with check (actor_key = (select guard.actor_key()) and (select guard.channel()) = 'body'
                and (select guard.purpose()) = 'dispute_handling' and platform = (select guard.body())
                and exists (select from market_shop s where s.id = shop_id and s.platform = (select guard.body())));

select guard.protect('disputes_fund');
create policy public_reads on disputes_fund for select to chengxin_app using (true);
create policy platform_keeps on disputes_fund for insert to chengxin_app
    with check (actor_key = (select guard.actor_key()) and (select guard.channel()) = 'body'
                and (select guard.purpose()) = 'dispute_handling' and platform = (select guard.body())
                and exists (select from market_shop s where s.id = shop_id and s.platform = (select guard.body())));

-- A ledger that does not balance is refused whoever writes it: each line follows the one before without a gap.
-- After the row, so that whoever may not write learns nothing of the balance.
create function disputes_fund_balances() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if new.place <> 1 + (select count(*) from public.disputes_fund f
                             where f.shop_id = new.shop_id and f.place < new.place)
       or new.balance <> (select sum(fen) from public.disputes_fund f
                           where f.shop_id = new.shop_id and f.place <= new.place)
    then
        raise exception 'Line % of the fund does not follow the lines before it.', new.place
            using errcode = 'restrict_violation';
    end if;
    return null;
end
$$;
create trigger disputes_fund_balances after insert on disputes_fund
    for each row execute function disputes_fund_balances();
