-- Acts of several in the running transaction, each under its own signed context, whole or not at all: its events, and
-- beside them what functions of other packages write, each with its caller's rights. Returns for each act how many
-- events its writer had written before, or why it was refused; a refused one takes no place and holds up no other.
create function audit_act_together(writer uuid, process text, at timestamptz, acts json)
returns table (after bigint, refused text) language plpgsql as $$
declare
    act record;
    beside record;
    told integer;
    place bigint;
    more integer := 0;
begin
    for act in
        select * from json_to_recordset(acts) as a (context text, signature text, events json, beside json)
    loop
        begin
            perform set_config('guard.context', act.context, true), set_config('guard.signature', act.signature, true);
            told := json_array_length(act.events);
            after := place;
            -- The first that stands takes its places itself; those of the others are counted together at the end.
            if place is null then
                insert into public.audit_writer as w (id, process, counter, started_at)
                values (audit_act_together.writer, audit_act_together.process, told, audit_act_together.at)
                on conflict (id) do update set counter = w.counter + excluded.counter
                returning w.counter - told into after;
            end if;
            perform public.audit_tell(audit_act_together.writer, after, act.events);
            for beside in select b ->> 0 as name, b -> 1 as words from json_array_elements(act.beside) as b
            loop
                execute format('select public.%I($1)', beside.name) using beside.words;
            end loop;
            more := more + case when place is null then 0 else told end;
            place := after + told;
            refused := null;
        exception when others then
            after := null;
            refused := sqlstate || ' ' || sqlerrm;
        end;
        return next;
    end loop;
    if more > 0 then
        update public.audit_writer as w set counter = w.counter + more where w.id = audit_act_together.writer;
    end if;
    perform set_config('guard.context', '', true), set_config('guard.signature', '', true);
end
$$;

revoke all on function audit_act_together(uuid, text, timestamptz, json) from public;
grant execute on function audit_act_together(uuid, text, timestamptz, json) to chengxin_app;
