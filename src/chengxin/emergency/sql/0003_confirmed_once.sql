-- What another post confirmed stays as it was confirmed: who asked adds the first look and moves no moment, whoever
-- confirms does not open (the person would not be told), and no record opens before the confirmation either.
create function emergency_access_keep_confirmation() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    raise exception 'What was confirmed does not change.' using errcode = 'insufficient_privilege';
end $$;
create trigger keep_confirmation before update on emergency_access for each row
    when (old.confirmed_by <> '' and (old.confirmed_by, old.confirmed_at, old.ends_at)
          is distinct from (new.confirmed_by, new.confirmed_at, new.ends_at))
    execute function emergency_access_keep_confirmation();

alter policy confirmer_decides on emergency_access
    with check ((select guard.has_role('audit_admin')) and confirming_body = (select guard.body())
                and asked_by <> (select guard.actor_key()) and opened_at is null
                and (confirmed_by = (select guard.actor_key()) or refused_at is not null));
alter policy emergency_reads on records_version
    using (subject_id = (select guard.queried_id()) and superseded_at is null and provenance = 'determined'
           and (select guard.purpose()) = 'emergency'
           and exists (select from emergency_access e
                        where e.id::text = (select guard.case_ref()) and e.subject_id = records_version.subject_id
                          and e.asked_by = (select guard.actor_key()) and records_version.item_code = any(e.items)
                          and e.opened_at is not null and e.confirmed_at <= (select guard.moment())
                          and e.ends_at > statement_timestamp()));
