-- One answer into the log of answers, with the rights of who asked.
create function matching_log(answer json) returns void language plpgsql as $$
begin
    insert into public.matching_answer (id, body, asked_by, at, purpose, lists, places, base, came, rules, outcomes,
                                        tags, hits)
    select a.* from json_to_record(answer) as a (
        id uuid, body text, asked_by text, at timestamptz, purpose text, lists text[], places jsonb, base text,
        came text, rules text, outcomes text, tags bytea, hits jsonb);
end
$$;

revoke all on function matching_log(json) from public;
grant execute on function matching_log(json) to chengxin_app;
