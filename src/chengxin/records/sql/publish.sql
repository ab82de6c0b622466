-- Publish what a batch brought, or everything due: each gate of publicity stands here and in `why_not_usable`.
-- Left out are the item versions and bodies whose clock counts from publication; they have their own statement.
insert into records_publication (
    subject_id, record_id, version, item_code, body, document_key, document_grams, determined_on, published_at, ends_on,
    earliest_repair_on, ended_because)
select v.subject_id, v.record_id, v.version, v.item_code, v.body, v.document_key, v.document_grams,
       v.determined_on, %(now)s, v.publicity_ends_on, v.earliest_repair_on, ''
from records_version v
where {due}
  and (v.publicity_ends_on is null or v.publicity_ends_on > %(today)s)
  and not exists (
      select 1 from unnest(%(items)s::integer[], %(bodies)s::text[]) as apart(item_id, body)
      where apart.item_id = v.item_id and apart.body = v.body)
on conflict do nothing
