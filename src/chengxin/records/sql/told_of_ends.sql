-- Who received what ended on the days in (after, today]: its publicity for who showed it, its use, its keeping for all.
select r.subject_id, r.record_id, r.recipient, v.body, max(r.version), v.version, v.item_code, e.change,
       'v' || v.version || ':' || e.change, array_remove(array_agg(distinct r.reference), '')
from records_recipient r
join records_version v
  on v.subject_id = r.subject_id and v.record_id = r.record_id and v.superseded_at is null
left join records_publication p
  on p.subject_id = v.subject_id and p.record_id = v.record_id and p.version = v.version
cross join lateral (values
    ('publicity_ended', case when p.record_id is null then v.publicity_ends_on else p.ends_on end),
    ('use_ended', v.use_ends_on), ('retention_ended', v.retain_until)
) as e (change, ends_on)
where e.ends_on <= %(today)s and e.ends_on > %(after)s
  and not exists (
      select 1 from records_mark m
      where m.subject_id = r.subject_id and m.record_id = r.record_id and m.lifted_at is null and m.kind = 'withdrawn')
group by r.subject_id, r.record_id, r.recipient, v.body, v.version, v.item_code, e.change
having e.change <> 'publicity_ended' or bool_or(r.outlet like 'public.%%')
