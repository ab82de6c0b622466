-- What is public holds nothing personal, and row security would keep its search from every index (ADR 0002).
-- Reading is free; writing is kept by a check over all rows of a statement.
drop policy anyone_finds on records_publication;
drop policy source_publishes on records_publication;
drop policy platform_publishes on records_publication;
drop policy source_ends on records_publication;
drop policy platform_ends on records_publication;
alter table records_publication no force row level security;
alter table records_publication disable row level security;

create function records_publication_check() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
    if guard.channel() = 'job' and guard.has_role('platform') then
        return null;
    end if;
    if guard.channel() in ('intake', 'body', 'office')
        and not exists (select from written w where w.body is distinct from guard.body())
    then
        return null;
    end if;
    raise insufficient_privilege using message = 'A publication is written by its source body or by the platform.';
end
$$;
create trigger source_publishes after insert on records_publication
    referencing new table as written for each statement execute function records_publication_check();
create trigger source_ends after update on records_publication
    referencing new table as written for each statement execute function records_publication_check();
