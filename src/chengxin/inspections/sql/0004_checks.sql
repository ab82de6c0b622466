-- What checks came to is public as counts; a regulator adds its own, and no platform its self-checks.
select guard.protect('inspections_check');
create policy public_reads on inspections_check for select to chengxin_app using (true);
create policy regulator_notes on inspections_check for insert to chengxin_app
    with check (body = (select guard.body()) and body <> platform and (select guard.channel()) = 'body'
                and (select guard.purpose()) = 'inspection'
                and exists (select from market_platform p where p.body = platform));
