-- The identifier decides: of two batches that bring the same new number at once, one waits here and then loses.
-- The rows come in the order of the index, so that two batches meet their common numbers in the same order.
with won as (
    insert into subjects_identifier (id, subject_id, kind, blind, sealed, number, valid_from)
    select identifier_id, subject_id, id_kind, blind, sealed_number, number, %(day)s
    from pg_temp.subjects_incoming
    on conflict (blind, kind) where valid_until is null do nothing
    returning subject_id
), subject as (
    insert into subjects_subject (id, kind, status, created_at)
    select i.subject_id, i.subject_kind, 'active', %(now)s from pg_temp.subjects_incoming i join won using (subject_id)
), key as (
    insert into subjects_subject_key (subject_id, wrapped, created_at)
    select i.subject_id, i.wrapped, %(now)s from pg_temp.subjects_incoming i join won using (subject_id)
), named as (
    insert into subjects_name (id, subject_id, tag, sealed, name, valid_from)
    select i.name_id, i.subject_id, i.tag, i.sealed_name, i.name, %(day)s
    from pg_temp.subjects_incoming i join won using (subject_id) where i.tag is not null
), operator as (
    insert into subjects_operator (subject_id, kind, uscc, name, folded, grams, area)
    select i.subject_id, i.subject_kind, i.uscc, i.name, i.folded, i.grams, i.area
    from pg_temp.subjects_incoming i join won using (subject_id) where i.subject_kind <> 'natural_person'
)
select encode(uuid_send(subject_id), 'hex') from won
