-- With a tip ends by what contact it would be known again.
drop policy sweep_ends on complaints_tip;
create policy sweep_ends on complaints_tip for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention' and destroyed_at is null)
    with check (destroyed_at is not null and identity = '' and caller_tag is null);
