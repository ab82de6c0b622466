-- The two-character pieces of a folded text as numbers: small keys for the search of fragments.
create or replace function records_grams(folded text) returns integer[]
language sql immutable strict parallel safe
as $$
    select coalesce(array_agg(distinct hashtext(substr(folded, place, 2))), '{}')
    from generate_series(1, length(folded) - 1) as place
$$
