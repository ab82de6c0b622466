-- A tip is read by the office that handles its case now, and never by the body it is about, even if the case were
-- transferred to it; by whoever holds the code, through the public door; the platform takes it in and counts.
select guard.protect('complaints_tip');
select guard.protect('complaints_entry');

create policy platform_keeps on complaints_tip for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'tip_handling');
create policy platform_receives on complaints_tip for insert to chengxin_app
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'tip_handling'
                and destroyed_at is null);
create policy sweep_reads on complaints_tip for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy sweep_ends on complaints_tip for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention' and destroyed_at is null)
    with check (destroyed_at is not null and identity = '');
create policy handler_reads on complaints_tip for select to chengxin_app
    using ((select guard.has_role('case_officer')) and (select guard.channel()) = 'office'
           and (select guard.purpose()) = 'tip_handling' and reported_body <> (select guard.body())
           and exists (select from casework_case c where c.id = case_id and c.body = (select guard.body())));
create policy code_reads on complaints_tip for select to chengxin_app
    using ((select guard.channel()) = 'public' and (select guard.purpose()) = 'tip_following'
           and encode(tag, 'hex') = (select guard.case_ref()));

create policy with_its_tip on complaints_entry for select to chengxin_app
    using (exists (select from complaints_tip t where t.id = tip_id));
create policy platform_receives on complaints_entry for insert to chengxin_app
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'tip_handling' and not from_office);
create policy handler_writes on complaints_entry for insert to chengxin_app
    with check (from_office and actor_key = (select guard.actor_key()) and (select guard.channel()) = 'office'
                and exists (select from complaints_tip t where t.id = tip_id));
create policy reporter_writes on complaints_entry for insert to chengxin_app
    with check (not from_office and (select guard.channel()) = 'public'
                and exists (select from complaints_tip t where t.id = tip_id));
