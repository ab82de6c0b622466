-- Who received a version while it was being corrected or marked, in transactions that did not see each other.
with lately as (
    select * from records_recipient where received_at > %(since)s
), missed as (
    select r.subject_id, r.record_id, r.recipient, r.version, r.reference, 'corrected' as change,
           'v' || v.version as act
    from lately r
    join records_version v on v.subject_id = r.subject_id and v.record_id = r.record_id and v.version > r.version
     and v.superseded_at is null
    union all
    select r.subject_id, r.record_id, r.recipient, r.version, r.reference, m.kind, 'mark:' || m.id
    from lately r
    join records_mark m on m.subject_id = r.subject_id and m.record_id = r.record_id and m.lifted_at is null
     and m.set_at > r.received_at - %(longest)s::interval
)
select r.subject_id, r.record_id, r.recipient, v.body, max(r.version), v.version, v.item_code, r.change, r.act,
       array_remove(array_agg(distinct r.reference), '')
from missed r
join records_version v on v.subject_id = r.subject_id and v.record_id = r.record_id and v.superseded_at is null
group by r.subject_id, r.record_id, r.recipient, v.body, v.version, v.item_code, r.change, r.act
