-- That a shop was found to trade under another's name is public and names nobody. It is written where a second officer
-- of the authority decided a case about that shop, and ended by the same authority where its case took it back.
select guard.protect('market_impersonation');
create policy public_reads on market_impersonation for select to chengxin_app using (true);
create policy officer_decides on market_impersonation for insert to chengxin_app
    with check (body = (select guard.body()) and decided_by = (select guard.actor_key()) and ended_on is null
                and (select guard.channel()) = 'body' and (select guard.purpose()) = 'case_handling'
                and (select guard.has_role('case_officer'))
                and exists (select from market_shop s where s.id = shop_id and s.platform <> body)
                and exists (select from casework_case c
                             where c.id = case_id and c.procedure = 'impersonation' and c.state = 'decided'
                               and c.proposed_by <> decided_by and c.facts ->> 'shop' = shop_id::text));
create policy officer_ends on market_impersonation for update to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body'
           and (select guard.purpose()) = 'case_handling' and (select guard.has_role('case_officer'))
           and exists (select from casework_case c where c.id = case_id and c.state = 'lifted'))
    with check (body = (select guard.body()) and (select guard.channel()) = 'body'
                and (select guard.purpose()) = 'case_handling' and (select guard.has_role('case_officer'))
                and exists (select from casework_case c where c.id = case_id and c.state = 'lifted'));
