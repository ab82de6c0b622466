-- As before, and what its subject has just withdrawn leaves the publication index by that same word; only a package
-- above says which record that may be (ADR 0138).
create or replace function records_publication_check() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
    if guard.channel() = 'job' and guard.has_role('platform') then
        return null;
    end if;
    if guard.channel() in ('intake', 'body', 'office')
        and not exists (select from written w where w.body is distinct from (select guard.body()))
    then
        return null;
    end if;
    if tg_op = 'UPDATE' and guard.channel() in ('intake', 'body', 'office')
        and not exists (
            select from written w
            where w.ended_at is null or w.record_id is distinct from (
                select c.ref_id::uuid from casework_case c
                where c.number = (select guard.case_ref()) and c.ref_kind = 'record'
                  and c.body = (select guard.body())))
    then
        return null;
    end if;
    if tg_op = 'UPDATE' and guard.channel() = 'self'
        and not exists (
            select from written w
            where w.ended_at is null or w.subject_id is distinct from (select guard.subject_id())
               or not exists (select from records_mark m
                              where m.subject_id = w.subject_id and m.record_id = w.record_id and m.kind = 'withdrawn'
                                and m.lifted_at is null and m.actor_key = (select guard.actor_key())))
    then
        return null;
    end if;
    raise insufficient_privilege using message = 'A publication is written by its source body or by the platform.';
end
$$;
