-- A published item version stays, with its number: hot tables hold that number and ask for it once a statement
-- (ADR 0092), so nobody takes it away or gives it another meaning, its owner neither.
create function catalogue_item_version_stays() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    raise foreign_key_violation using message = 'A published item version keeps its number and is never deleted.';
end
$$;
create trigger stays before delete or update of id on catalogue_item_version
    for each row execute function catalogue_item_version_stays();
