-- What somebody wrote is changed by nobody until its keeping ends; then the sweep of retention empties it and touches
-- nothing else of the row. A policy cannot say this, since its second half does not know the row as it was (ADR 0109).
create function retention_keep_words() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if not (guard.has_role('platform') and guard.purpose() = 'retention')
        and exists (select from unnest(tg_argv) name where to_jsonb(new) -> name is distinct from to_jsonb(old) -> name)
    then
        raise exception 'What was written stays as it is until its keeping ends.'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create function retention_sweep_only_empties() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if guard.has_role('platform') and guard.purpose() = 'retention'
        and (to_jsonb(new) - tg_argv is distinct from to_jsonb(old) - tg_argv
             or exists (select from unnest(tg_argv) name where coalesce(to_jsonb(new) ->> name, '') not in ('', '\x')))
    then
        raise exception 'The sweep of retention empties, and changes nothing else.'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
