insert into records_version (
    subject_id, record_id, version, item_id, item_code, subject_kind, body, row_key, content_digest, nature, provenance,
    severity, content, sealed, document_key, document_grams, ended_act_on, determined_on, notified_on, valid_until,
    not_public_because, publicity_starts_on, publicity_ends_on, earliest_repair_on, query_ends_on, use_ends_on,
    retain_until, batch_id, row_number, accepted_at, reason)
select
    i.subject_id, i.record_id, i.version, %(item_id)s, %(item_code)s, i.subject_kind, %(body)s, i.row_key,
    i.content_digest, %(nature)s, i.provenance, i.severity, i.content, i.sealed,
    i.document_key, i.document_grams, i.ended_act_on, i.determined_on, i.notified_on, i.valid_until,
    i.not_public_because, i.publicity_starts_on, i.publicity_ends_on, i.earliest_repair_on, i.query_ends_on,
    i.use_ends_on, i.retain_until, %(batch_id)s, i.row_number, %(now)s, i.reason
from records_incoming i
on conflict (row_key) where superseded_at is null do nothing
