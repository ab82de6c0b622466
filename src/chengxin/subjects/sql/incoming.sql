create temp table if not exists subjects_incoming (
    subject_id uuid, identifier_id uuid, name_id uuid, subject_kind text, id_kind text, blind bytea,
    sealed_number bytea, number text, wrapped bytea, tag bytea, sealed_name bytea, name text, folded text,
    grams integer[], uscc text, area text
) on commit drop;
truncate subjects_incoming;
