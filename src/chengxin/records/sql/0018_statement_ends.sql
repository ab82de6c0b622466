-- What a subject said about a record ends with the record: the words go when no version of it says anything any more.
create policy sweep_ends on records_statement for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
           and (select guard.purpose()) = 'retention')
    with check ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
                and (select guard.purpose()) = 'retention' and ended_at is not null and sealed is null and text = '');
-- Beside another policy the check says whole who acts (ADR 0109).
alter policy subject_takes_back on records_statement
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');

create function records_statement_keep_words() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if not (guard.has_role('platform') and guard.channel() = 'job' and guard.purpose() = 'retention'
            and new.sealed is null and new.text = ''
            and not exists (select from public.records_version v
                             where v.subject_id = old.subject_id and v.record_id = old.record_id
                               and (v.sealed is not null or v.content <> '{}'))) then
        raise exception 'What a subject said does not change while its record says something.'
            using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger keep_words before update of sealed, text, ended_at on records_statement
    for each row execute function records_statement_keep_words();
