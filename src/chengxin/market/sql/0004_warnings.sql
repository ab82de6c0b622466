-- A warning rests on a public entry and names nobody: which platform was told when, and when it answered, is public.
-- The platform's own job writes it; what was pushed stays, and nothing is taken back but by an end.
select guard.protect('market_warning');
create policy public_reads on market_warning for select to chengxin_app using (true);
create policy job_warns on market_warning for insert to chengxin_app
    with check ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
                and (select guard.purpose()) = 'market_filing' and ended_at is null);
create policy job_ends on market_warning for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
           and (select guard.purpose()) = 'market_filing');
