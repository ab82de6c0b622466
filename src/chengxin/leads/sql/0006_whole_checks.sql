-- Of several policies the USING of any goes with the WITH CHECK of any, so each check says again who acts (ADR 0109).
alter policy handler_moves on leads_lead
    with check (body = (select guard.body()) and (select guard.channel()) = 'body'
                and (select guard.purpose()) = 'lead_handling');
alter policy sweep_ends on leads_lead
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and destroyed_at is not null);
alter policy handler_decides on leads_finding
    with check ((select guard.channel()) = 'body' and (select guard.purpose()) = 'lead_handling'
                and exists (select from leads_lead l where l.id = lead_id));
alter policy sweep_empties on leads_finding
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and destroyed_at is not null and rows = '[]' and "values" = '{}');
alter policy sweep_empties on leads_ring
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and accounts = '[]' and edges = '[]');
alter policy sweep_empties on leads_answer
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and destroyed_at is not null and text = '');

-- A change that is not the sweep's is refused as one without the right to it.
create or replace function leads_keep_evidence() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if not (guard.has_role('platform') and guard.purpose() = 'retention') then
        raise exception 'What was found and said does not change.' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
