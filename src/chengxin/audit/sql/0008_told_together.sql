-- What an act tells of, in the running transaction: its events and their places in the queue of the log, each counted
-- on from `after`. Whoever calls it writes with their own rights, so row security asks who acts of every event.
create function audit_tell(writer uuid, after bigint, events json) returns integer
language plpgsql as $$
declare
    told integer;
begin
    with told as (
        select audit_tell.after + e.ordinality as counter, e.*
        from rows from (json_to_recordset(audit_tell.events) as (
            id uuid, at timestamptz, kind text, subject_id uuid, actor_key text, role text, body text, area text,
            channel text, purpose text, basis text[], categories text[], fields text[], outcome text, reason text,
            reference text, count integer, salt bytea, opens bytea, tree text, digest bytea
        )) with ordinality as e
    ), event as (
        insert into public.audit_event (
            counter, id, writer_id, at, kind, subject_id, actor_key, role, body, area, channel, purpose, basis,
            categories, fields, outcome, reason, reference, count, salt, opens)
        select t.counter, t.id, audit_tell.writer, t.at, t.kind, t.subject_id, t.actor_key, t.role, t.body, t.area,
               t.channel, t.purpose, t.basis, t.categories, t.fields, t.outcome, t.reason, t.reference, t.count,
               t.salt, t.opens
        from told t
    )
    insert into public.audit_queue (counter, queued_at, event_id, tree, writer_id, at, kind, digest, signature)
    select t.counter, clock_timestamp(), t.id, t.tree, audit_tell.writer, t.at, t.kind, t.digest, '' from told t;
    get diagnostics told = row_count;
    return told;
end
$$;

-- Acts of several who act at the same moment, in one transaction: each under its own signed context, each whole or not
-- at all. Returns for each '' or why it was refused; a refused one takes no place in the count and holds up no other.
create function audit_tell_together(writer uuid, process text, after bigint, at timestamptz, acts json) returns text[]
language plpgsql as $$
declare
    act record;
    place bigint := after;
    answers text[] := '{}';
begin
    for act in
        select * from json_to_recordset(acts) as a (context text, signature text, events json)
    loop
        begin
            perform set_config('guard.context', act.context, true), set_config('guard.signature', act.signature, true);
            place := place + public.audit_tell(writer, place, act.events);
            answers := answers || ''::text;
        exception when others then
            answers := answers || (sqlstate || ' ' || sqlerrm);
        end;
    end loop;
    if place > after then
        insert into public.audit_writer as w (id, process, counter, started_at)
        values (audit_tell_together.writer, audit_tell_together.process, place - after, audit_tell_together.at)
        on conflict (id) do update set counter = w.counter + excluded.counter;
    end if;
    return answers;
end
$$;

revoke all on function audit_tell(uuid, bigint, json) from public;
revoke all on function audit_tell_together(uuid, text, bigint, timestamptz, json) from public;
grant execute on function audit_tell(uuid, bigint, json) to chengxin_app;
grant execute on function audit_tell_together(uuid, text, bigint, timestamptz, json) to chengxin_app;
