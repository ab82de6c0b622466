-- What the shop answers for: from the order to the courier's first scan. Without a scan it is not known, never late.
with collected as (
  select platform, waybill_no, min(scanned_at) as collected_at
  from parcel_scans
  where kind = 'collected'
  group by platform, waybill_no
), handed as (
  select w.platform, w.order_id, min(c.collected_at) as collected_at
  from waybills w join collected c on c.platform = w.platform and c.waybill_no = w.waybill_no
  group by w.platform, w.order_id
), facts as (
  select o.platform, o.seller_id,
    cast(extract(year from o.day) * 100 + extract(month from o.day) as bigint) as month,
    o.created_at, o.handover_due_at, h.collected_at
  from orders o left join handed h on h.platform = o.platform and h.order_id = o.order_id
  where o.day >= :from_day and o.day < :until_day and o.status <> 'canceled'
)
select platform, seller_id, month,
  cast(count(*) as bigint) as orders,
  cast(count(collected_at) as bigint) as handed_over,
  cast(sum(case when collected_at > handover_due_at then 1 else 0 end) as bigint) as late,
  cast(sum(case when collected_at is not null and handover_due_at is null then 1 else 0 end) as bigint) as due_unknown,
  cast(sum(case when collected_at is null then 1 else 0 end) as bigint) as not_known,
  cast(coalesce(sum(case when collected_at >= created_at then collected_at - created_at end), 0) as bigint)
    as handling_seconds
from facts
group by platform, seller_id, month
