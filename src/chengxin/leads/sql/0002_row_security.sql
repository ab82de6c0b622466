-- A lead is read by the authority that looks into it, and by the merchant once an officer has opened it. Who is behind
-- a finding is for that authority alone. A platform reads what it reported itself. Nobody else, and never the public.
select guard.protect('leads_lead');
create policy job_keeps on leads_lead for all to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
           and (select guard.purpose()) = 'lead_detection')
    with check ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
                and (select guard.purpose()) = 'lead_detection');
create policy handler_reads on leads_lead for select to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body'
           and (select guard.purpose()) in ('lead_handling', 'case_handling'));
create policy handler_moves on leads_lead for update to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body'
           and (select guard.purpose()) = 'lead_handling')
    with check (body = (select guard.body()));
create policy merchant_reads on leads_lead for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self' and shown_at is not null);

select guard.protect('leads_finding');
create policy job_keeps on leads_finding for all to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
           and (select guard.purpose()) = 'lead_detection')
    with check ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
                and (select guard.purpose()) = 'lead_detection');
create policy with_its_lead on leads_finding for select to chengxin_app
    using (exists (select from leads_lead l where l.id = lead_id));
create policy handler_decides on leads_finding for update to chengxin_app
    using ((select guard.channel()) = 'body' and (select guard.purpose()) = 'lead_handling'
           and exists (select from leads_lead l where l.id = lead_id))
    with check (exists (select from leads_lead l where l.id = lead_id));
create policy platform_reads_its_own on leads_finding for select to chengxin_app
    using (reference <> '' and platform = (select guard.body()) and (select guard.channel()) = 'body'
           and (select guard.purpose()) = 'market_filing');

select guard.protect('leads_ring');
create policy job_keeps on leads_ring for all to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
           and (select guard.purpose()) = 'lead_detection')
    with check ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
                and (select guard.purpose()) = 'lead_detection');
create policy handler_reads on leads_ring for select to chengxin_app
    using ((select guard.channel()) = 'body' and (select guard.purpose()) in ('lead_handling', 'case_handling')
           and exists (select from leads_finding f where f.id = finding_id));

select guard.protect('leads_answer');
create policy with_its_lead on leads_answer for select to chengxin_app
    using (exists (select from leads_lead l where l.id = lead_id));
create policy merchant_answers on leads_answer for insert to chengxin_app
    with check (actor_key = (select guard.actor_key()) and (select guard.channel()) = 'self'
                and exists (select from leads_lead l where l.id = lead_id));
