-- Whoever asks writes the answer in their own name, with the answer; nobody changes it. The platform alone reads it, to
-- make it again, and keeps the indexes; both end by their retention.
select guard.protect('matching_line');
select guard.protect('matching_segment');
select guard.protect('matching_answer');
create policy keeper_reads on matching_line for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) in ('list_matching', 'retention'));
create policy keeper_writes on matching_line for insert to chengxin_app
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'list_matching');
create policy keeper_sees_again on matching_line for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'list_matching' and digest is not null)
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'list_matching'
                and digest is not null);
create policy sweep_empties on matching_line for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention')
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and digest is null and entry_id is null and name = '' and alias = '' and uscc = '');
create policy keeper_reads on matching_segment for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) in ('list_matching', 'retention'));
create policy keeper_writes on matching_segment for insert to chengxin_app
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'list_matching');
create policy keeper_sees_again on matching_segment for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'list_matching')
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'list_matching');
create policy sweep_empties on matching_segment for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention')
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention' and lines = '');
create policy asker_writes on matching_answer for insert to chengxin_app
    with check (body = (select guard.body()) and (select guard.channel()) = 'body'
                and asked_by = (select guard.actor_key()) and destroyed_at is null);
create policy keeper_reads on matching_answer for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) in ('list_matching', 'retention'));
create policy sweep_empties on matching_answer for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention' and destroyed_at is null)
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and destroyed_at is not null and tags = '' and outcomes = '' and hits = '{}');
