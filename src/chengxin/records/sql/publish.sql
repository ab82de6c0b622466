-- Publish what a batch brought, or everything due: each gate of publicity stands here and in `why_not_usable`.
insert into records_publication (
    subject_id, record_id, version, item_code, body, document_key, document_grams, determined_on, published_at, ends_on,
    ended_because)
select v.subject_id, v.record_id, v.version, v.item_code, v.body, v.document_key, v.document_grams,
       v.determined_on, %(now)s, v.publicity_ends_on, ''
from records_version v
where v.superseded_at is null
  and v.accepted_at >= %(accepted_from)s and v.accepted_at <= %(accepted_to)s
  and v.subject_kind <> 'natural_person' and v.provenance = 'determined' and v.not_public_because = ''
  and v.publicity_starts_on <= %(today)s and (v.publicity_ends_on is null or v.publicity_ends_on > %(today)s)
  and (v.nature <> 'adverse' or v.notified_on <= %(today)s)
  and not exists (
      select 1 from records_mark m
      where m.subject_id = v.subject_id and m.record_id = v.record_id and m.lifted_at is null
        and m.kind in ('withdrawn', 'repaired', 'frozen'))
on conflict do nothing
