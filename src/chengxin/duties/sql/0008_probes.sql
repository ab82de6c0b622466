-- A test call is public; an officer of the authority adds its own, and nobody changes one.
select guard.protect('duties_probe');
create policy public_reads on duties_probe for select to chengxin_app using (true);
create policy officer_notes on duties_probe for insert to chengxin_app
    with check (body = (select guard.body()) and probed_by = (select guard.actor_key()) and body <> platform
                and (select guard.channel()) = 'body' and (select guard.purpose()) = 'case_handling'
                and (select guard.has_role('case_officer')) and on_day <= (select guard.legal_day())
                and exists (select from market_platform p where p.body = platform));
