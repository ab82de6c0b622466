-- Only the owner may ANALYZE. Who has just written a great deal asks for it here, so that whoever reads the rows from
-- its commit on gets good plans. It tells the caller nothing, waits for nobody, and skips tables that hardly grew.
create function guard.refresh_statistics(grown regclass[], added bigint) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place regclass;
    refreshed integer := 0;
begin
    if guard.channel() is null then
        raise insufficient_privilege using message = 'Statistics are refreshed by who acts in a signed context.';
    end if;
    for place in
        select c.oid from pg_class c
        where c.oid = any(grown) and c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
          and c.reltuples < 10 * added
        order by c.oid
    loop
        execute format('analyze (skip_locked) %s', place);
        refreshed := refreshed + 1;
    end loop;
    return refreshed;
end
$$;
revoke all on function guard.refresh_statistics(regclass[], bigint) from public;
grant execute on function guard.refresh_statistics(regclass[], bigint) to chengxin_app;
