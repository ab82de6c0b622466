-- A look is kept from its person while a registered, approved restriction covers exactly it, and not a day longer.
select guard.protect('looks_restriction');

-- The platform finds the looks of a body under its case number; a row says of its event what the event says.
create policy restriction_finds on audit_event for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'look_restriction');
create policy platform_writes on looks_restriction for insert to chengxin_app
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'look_restriction'
                and approved_at is null
                and exists (select from audit_event e where e.id = looks_restriction.event_id
                            and e.subject_id = looks_restriction.subject_id and e.body = looks_restriction.body));
create policy platform_reads on looks_restriction for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'look_restriction');
create policy platform_ends on looks_restriction for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'look_restriction'
           and approved_at is not null and ended_at is null)
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'look_restriction'
                and ended_at is not null);

create policy body_reads on looks_restriction for select to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body');
create policy approver_approves on looks_restriction for update to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body' and (select guard.has_role('approver'))
           and approved_at is null and proposed_by <> (select guard.actor_key()))
    with check (body = (select guard.body()) and (select guard.channel()) = 'body'
                and approved_by = (select guard.actor_key()) and ended_at is null);
create policy body_lifts on looks_restriction for update to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body'
           and approved_at is not null and ended_at is null)
    with check (body = (select guard.body()) and (select guard.channel()) = 'body' and ended_at is not null);

create policy oversight_reads on looks_restriction for select to chengxin_app
    using ((select guard.has_role('audit_admin')) and (select guard.channel()) = 'office'
           and (select guard.purpose()) = 'oversight');
-- What has ended is the person's to know: on which ground, and until when.
create policy person_reads_ended on looks_restriction for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self' and approved_at is not null
           and (ended_at is not null or ends_on <= (select guard.legal_day())));

-- What runs is asked by two functions with their owner's rights: the person's own session reads no row of it.
create policy withholds on looks_restriction for select to chengxin_owner
    using (subject_id in ((select guard.subject_id()), (select guard.attended_id()))
           and approved_at is not null and ended_at is null
           and coalesce(ends_on > (select guard.legal_day()), true));  -- Without a moment it withholds.
create function looks_withheld() returns uuid[] language sql stable parallel restricted security definer
    set search_path = pg_catalog, pg_temp
    return array(select r.event_id from public.looks_restriction r);
create function looks_withheld_months() returns table (month date, looks bigint)
    language sql stable parallel restricted security definer set search_path = pg_catalog, pg_temp
begin atomic
    select date_trunc('month', r.looked_on)::date, count(*) from public.looks_restriction r group by 1 order by 1;
end;
revoke all on function looks_withheld() from public;
revoke all on function looks_withheld_months() from public;
grant execute on function looks_withheld() to chengxin_app;
grant execute on function looks_withheld_months() to chengxin_app;

create policy not_withheld on audit_event as restrictive for select to chengxin_app
    using (id <> all ((select looks_withheld())::uuid[]));
