-- A plan is public from its first day; who was drawn is not until every sample is bought. A sample is the authority's,
-- the merchant's once its result was served, and everybody's once the result is final and published. Never the platform's.
select guard.protect('inspections_plan');
create policy public_reads on inspections_plan for select to chengxin_app using (true);
create policy officer_draws on inspections_plan for insert to chengxin_app
    with check (body = (select guard.body()) and opened_by = (select guard.actor_key())
                and (select guard.channel()) = 'body' and (select guard.purpose()) = 'inspection'
                and (select guard.has_role('case_officer')));

select guard.protect('inspections_draw');
create policy own_body on inspections_draw for select to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body'
           and (select guard.purpose()) in ('inspection', 'case_handling'));
create policy revealed on inspections_draw for select to chengxin_app using (revealed_on is not null);
create policy officer_draws on inspections_draw for insert to chengxin_app
    with check (body = (select guard.body()) and revealed_on is null and (select guard.channel()) = 'body'
                and (select guard.purpose()) = 'inspection' and (select guard.has_role('case_officer'))
                and exists (select from inspections_plan p where p.id = plan_id and p.body = (select guard.body())));
create policy officer_reveals on inspections_draw for update to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body'
           and (select guard.purpose()) = 'inspection')
    with check (body = (select guard.body())
                and not exists (select from inspections_sample s join casework_case c on c.id = s.case_id
                                 where s.plan_id = inspections_draw.plan_id and c.state = 'drawn'));

select guard.protect('inspections_sample');
create policy own_body on inspections_sample for select to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body'
           and (select guard.purpose()) in ('inspection', 'case_handling'));
create policy merchant_reads on inspections_sample for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self' and told_on is not null);
create policy platform_settles on inspections_sample for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'inspection');
create policy public_reads on inspections_sample for select to chengxin_app
    using (published_on is not null and public_until >= (select guard.legal_day()));
create policy officer_draws on inspections_sample for insert to chengxin_app
    with check (body = (select guard.body()) and told_on is null and result = '' and (select guard.channel()) = 'body'
                and (select guard.purpose()) = 'inspection' and (select guard.has_role('case_officer'))
                and exists (select from inspections_plan p where p.id = plan_id and p.body = (select guard.body())));
create policy officer_enters on inspections_sample for update to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body'
           and (select guard.purpose()) = 'inspection')
    with check (body = (select guard.body()) and (select guard.channel()) = 'body'
                and (select guard.purpose()) = 'inspection');
create policy platform_ends on inspections_sample for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'inspection');
