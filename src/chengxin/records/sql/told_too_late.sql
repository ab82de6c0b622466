-- Who was missed because two transactions did not see each other, or because who acted may not see the ledger:
-- what was received lately and has changed, and what changed lately and had been received.
with missed as (
    select r.subject_id, r.record_id, r.recipient, r.version, r.reference, 'corrected' as change,
           'v' || v.version as act
    from records_recipient r
    join records_version v on v.subject_id = r.subject_id and v.record_id = r.record_id and v.version > r.version
     and v.superseded_at is null
    where r.received_at > %(since)s
    union all
    select r.subject_id, r.record_id, r.recipient, r.version, r.reference, 'corrected', 'v' || v.version
    from records_version v
    join records_recipient r on r.subject_id = v.subject_id and r.record_id = v.record_id and r.version < v.version
    where v.accepted_at > %(since)s and v.version > 1 and v.superseded_at is null
    union all
    select r.subject_id, r.record_id, r.recipient, r.version, r.reference, m.kind, 'mark:' || m.id
    from records_mark m
    join records_recipient r on r.subject_id = m.subject_id and r.record_id = m.record_id
     and r.received_at < m.set_at + %(longest)s::interval
    where m.set_at > %(since)s and m.lifted_at is null
    union all
    select r.subject_id, r.record_id, r.recipient, r.version, r.reference, e.change, 'v' || v.version || ':' || e.change
    from records_recipient r
    join records_version v on v.subject_id = r.subject_id and v.record_id = r.record_id and v.superseded_at is null
    left join records_publication p
      on p.subject_id = v.subject_id and p.record_id = v.record_id and p.version = v.version
    cross join lateral (values
        ('publicity_ended', case when r.outlet not like 'public.%%' then null
                                 when p.record_id is null then v.publicity_ends_on else p.ends_on end),
        ('use_ended', v.use_ends_on), ('retention_ended', v.retain_until)
    ) as e (change, ends_on)
    where r.received_at > %(since)s and e.ends_on <= %(today)s
      and e.ends_on > (r.received_at at time zone 'Asia/Shanghai')::date
)
select r.subject_id, r.record_id, r.recipient, v.body, max(r.version), v.version, v.item_code, r.change, r.act,
       array_remove(array_agg(distinct r.reference), '')
from missed r
join records_version v on v.subject_id = r.subject_id and v.record_id = r.record_id and v.superseded_at is null
group by r.subject_id, r.record_id, r.recipient, v.body, v.version, v.item_code, r.change, r.act
