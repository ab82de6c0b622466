-- The sweep of retention empties what is over; nobody else ever changes what was found, who is behind it, what was said.
create policy sweep_reads on leads_lead for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy sweep_ends on leads_lead for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention' and destroyed_at is null)
    with check (destroyed_at is not null);
create policy sweep_reads on leads_finding for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy sweep_empties on leads_finding for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention' and destroyed_at is null)
    with check (destroyed_at is not null and rows = '[]' and "values" = '{}');
create policy sweep_reads on leads_ring for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy sweep_empties on leads_ring for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention')
    with check (accounts = '[]' and edges = '[]');
create policy sweep_empties on leads_answer for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention' and destroyed_at is null)
    with check (destroyed_at is not null and text = '');

create function leads_keep_evidence() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if not (guard.has_role('platform') and guard.purpose() = 'retention') then
        raise exception 'What was found and said does not change.' using errcode = 'check_violation';
    end if;
    return new;
end $$;
-- Nothing comes in as destroyed, which would pass the check that evidence is whole.
create trigger is_kept_at_first before insert on leads_finding
    for each row when (new.destroyed_at is not null) execute function leads_keep_evidence();
create trigger is_kept_at_first before insert on leads_answer
    for each row when (new.destroyed_at is not null) execute function leads_keep_evidence();
create trigger keep_evidence before update of destroyed_at on leads_lead
    for each row execute function leads_keep_evidence();
create trigger keep_evidence before update of rows, "values", destroyed_at on leads_finding
    for each row execute function leads_keep_evidence();
create trigger keep_evidence before update on leads_ring
    for each row execute function leads_keep_evidence();
create trigger keep_evidence before update on leads_answer
    for each row execute function leads_keep_evidence();
