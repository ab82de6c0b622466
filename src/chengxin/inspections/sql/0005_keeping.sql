-- The sweep of retention sees samples whose rest need not be kept any longer, that are published, or never came to a result.
create policy sweep_reads on inspections_sample for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
           and (told_on is null or published_on is not null or reserve_until < (select guard.legal_day())));
create policy sweep_empties on inspections_sample for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
           and (told_on is null or published_on is not null or reserve_until < (select guard.legal_day())))
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and (told_on is null or published_on is not null or reserve_until < (select guard.legal_day())));

-- The sweep empties these words and touches nothing else; what a re-test still needs it does not empty.
create function inspections_sweep_only_empties() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
    words constant text[] := '{reserve,order_number,finding}';
begin
    if not (guard.has_role('platform') and guard.purpose() = 'retention') then
        return new;
    end if;
    if to_jsonb(new) - words is distinct from to_jsonb(old) - words
        or new.reserve not in ('', old.reserve) or new.order_number not in ('', old.order_number)
        or new.finding not in ('', old.finding)
        or (new.reserve <> old.reserve and old.told_on is not null
            and (old.result = '' or old.reserve_until >= guard.legal_day()))
    then
        raise exception 'The sweep of retention empties what has ended, and changes nothing else.'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger sweep_only_empties before update on inspections_sample
    for each row execute function inspections_sweep_only_empties();
