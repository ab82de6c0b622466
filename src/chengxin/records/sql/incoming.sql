-- The session's landing place of one accepted batch; gone at the end of the transaction.
create temporary table if not exists records_incoming (
    row_number integer, subject_id uuid, record_id uuid, subject_kind text, row_key bytea, content_digest bytea,
    content jsonb, sealed bytea, document_key text, document_grams integer[], severity text, provenance text,
    ended_act_on date, determined_on date, notified_on date, valid_until date, not_public_because text,
    publicity_starts_on date, publicity_ends_on date, earliest_repair_on date, query_ends_on date, use_ends_on date,
    retain_until date, version smallint default 1, reason text default ''
) on commit drop
