-- Publish versions whose clock counts from publication, with the end computed for their facts.
insert into records_publication (
    subject_id, record_id, version, item_code, body, document_key, document_grams, determined_on, published_at, ends_on,
    earliest_repair_on, ended_because)
select v.subject_id, v.record_id, v.version, v.item_code, v.body, v.document_key, v.document_grams,
       v.determined_on, %(now)s, k.ends_on, k.repair_on, ''
from records_version v
join unnest(%(facts)s::text[], %(ends_on)s::date[], %(repair_on)s::date[]) as k(facts, ends_on, repair_on)
  on k.facts = {facts}
where v.item_id = %(item_id)s and v.body = %(body)s
  and {due}
  and (k.ends_on is null or k.ends_on > %(today)s)
on conflict do nothing
