-- Who received an earlier version of what a batch corrected.
select r.subject_id, r.record_id, r.recipient, v.body, max(r.version), v.version, v.item_code, 'corrected',
       'v' || v.version, array_remove(array_agg(distinct r.reference), '')
from records_version v
join records_recipient r
  on r.subject_id = v.subject_id and r.record_id = v.record_id and r.version < v.version
where v.accepted_at = %(now)s and v.version > 1 and v.body = %(body)s
group by r.subject_id, r.record_id, r.recipient, v.body, v.version, v.item_code
