with handed as (
  select w.platform, w.order_id, min(s.scanned_at) as collected_at
  from waybills w join parcel_scans s using (platform, waybill_no)
  where s.kind = 'collected' group by all
)
select o.platform, o.seller_id, year(o.day) * 100 + month(o.day) as month, count(*) as orders,
  count(collected_at) as handed_over, count(*) filter (collected_at > handover_due_at) as late,
  count(*) filter (collected_at is not null and handover_due_at is null) as due_unknown,
  count(*) - count(collected_at) as not_known,
  coalesce(sum(collected_at - created_at) filter (collected_at >= created_at), 0) as handling_seconds
from orders o left join handed using (platform, order_id)
where status <> 'canceled' group by all
