-- Who received any version of one record.
select r.subject_id, r.record_id, r.recipient, v.body, max(r.version), v.version, v.item_code, %(change)s, %(act)s,
       array_remove(array_agg(distinct r.reference), '')
from records_version v
join records_recipient r on r.subject_id = v.subject_id and r.record_id = v.record_id
where v.subject_id = %(subject_id)s and v.record_id = %(record_id)s and v.superseded_at is null
group by r.subject_id, r.record_id, r.recipient, v.body, v.version, v.item_code
