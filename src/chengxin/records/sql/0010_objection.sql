-- Who objects marks its own record in the moment of objecting, and may take the mark back with the objection.
create policy subject_objects on records_mark for insert to chengxin_app
    with check (kind = 'objection' and subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self'
                and actor_key = (select guard.actor_key()) and body = ''
                and exists (select from records_version v where v.subject_id = records_mark.subject_id
                            and v.record_id = records_mark.record_id));
create policy subject_takes_back on records_mark for update to chengxin_app
    using (kind = 'objection' and subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self')
    with check (lifted_at is not null);
create policy platform_lifts_objection on records_mark for update to chengxin_app
    using (kind = 'objection' and (select guard.channel()) = 'job' and (select guard.has_role('platform')))
    with check (lifted_at is not null);

-- Who handles the case named in the signed context acts on the record that case is about, and on no other.
create policy case_handler_reads on records_version for select to chengxin_app
    using (record_id = (select c.ref_id::uuid from casework_case c
                        where c.number = (select guard.case_ref()) and c.ref_kind = 'record'
                          and c.body = (select guard.body()))
           and (select guard.channel()) in ('body', 'office', 'intake'));
create policy case_handler_lifts on records_mark for update to chengxin_app
    using (kind = 'objection'
           and record_id = (select c.ref_id::uuid from casework_case c
                            where c.number = (select guard.case_ref()) and c.ref_kind = 'record'
                              and c.body = (select guard.body()))
           and (select guard.channel()) in ('body', 'office', 'intake'))
    with check (lifted_at is not null);

-- The publication index stands outside row security (ADR 0002): its check lets that handler end, and nothing more.
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
    raise insufficient_privilege using message = 'A publication is written by its source body or by the platform.';
end
$$;
