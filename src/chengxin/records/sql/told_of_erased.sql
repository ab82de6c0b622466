-- Who received a line of somebody who was erased; their own act of deleting is named once per record.
select r.subject_id, r.record_id, r.recipient, v.body, max(r.version), v.version, v.item_code, 'erased', 'erased',
       array_remove(array_agg(distinct r.reference), '')
from records_recipient r
join records_version v on v.subject_id = r.subject_id and v.record_id = r.record_id and v.superseded_at is null
where r.subject_id = any(%(subjects)s)
group by r.subject_id, r.record_id, r.recipient, v.body, v.version, v.item_code
