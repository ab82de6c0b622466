-- The pieces of a document number are computed once, when a row is shaped, as `kernel.grams` does for names.
-- The owner is bound by row security like everyone; for this one statement it lets itself see the table it owns.
alter table records_version no force row level security;
update records_version set document_grams = coalesce((
    select array_agg(distinct ((ascii(substr(document_key, place, 1))::bigint * 65536
                                + ascii(substr(document_key, place + 1, 1))) << 32 >> 32)::integer)
    from generate_series(1, length(document_key) - 1) as place), '{}');
alter table records_publication disable trigger user;
update records_publication p set document_grams = v.document_grams
from records_version v
where v.subject_id = p.subject_id and v.record_id = p.record_id and v.version = p.version;
alter table records_publication enable trigger user;
alter table records_version force row level security;
drop function records_grams(text);

-- Who may write is asked once a statement, not once a row.
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
    raise insufficient_privilege using message = 'A publication is written by its source body or by the platform.';
end
$$;
