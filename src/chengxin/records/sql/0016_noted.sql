-- Lines of the recipients ledger: whoever receives is noted with their own rights, once for each way.
create function records_note(lines json) returns integer language plpgsql as $$
declare
    noted integer;
begin
    insert into public.records_recipient (id, subject_id, record_id, version, source_body, recipient, body, outlet,
                                          purpose, reference, received_at, event_id)
    select l.* from json_to_recordset(lines) as l (
        id uuid, subject_id uuid, record_id uuid, version smallint, source_body text, recipient text, body text,
        outlet text, purpose text, reference text, received_at timestamptz, event_id uuid)
    on conflict do nothing;
    get diagnostics noted = row_count;
    return noted;
end
$$;

revoke all on function records_note(json) from public;
grant execute on function records_note(json) to chengxin_app;
