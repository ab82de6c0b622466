-- The sweep of retention empties a version whose retention has an end; nobody else ever changes what a version says.
create policy sweep_empties on records_version for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention' and retain_until is not null)
    with check (content = '{}' and sealed is null and document_key = '');

create function records_version_keep_content() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if not (guard.has_role('platform') and guard.purpose() = 'retention' and old.retain_until is not null
            and new.content = '{}' and new.sealed is null) then
        raise exception 'What a version says does not change.' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger keep_content before update of content, sealed, document_key, document_grams on records_version
    for each row execute function records_version_keep_content();
