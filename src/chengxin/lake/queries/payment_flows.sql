-- Payments beside their orders and parcels, by who carried the money: counts and sums alone. An order or a parcel that
-- was not handed in is unknown and counted as that; a parcel is asked for only where the platform says it was sent.
with paid as (
  select platform, order_id, cast(sum(amount) as bigint) as paid_fen
  from payments
  where kind = 'pay' and order_id is not null
  group by platform, order_id
), sent as (
  select platform, order_id, cast(count(*) as bigint) as parcels
  from waybills
  group by platform, order_id
), beside as (
  select p.platform, coalesce(p.channel, '') as channel, p.kind, p.amount, o.order_id,
    o.goods_amount + coalesce(o.freight, 0) - coalesce(o.discount, 0) as ordered_fen, a.paid_fen,
    case when o.status in ('shipped', 'delivered', 'completed') then 1 else 0 end as is_sent, s.parcels
  from payments p
    left join orders o on o.platform = p.platform and o.order_id = p.order_id
    left join paid a on a.platform = p.platform and a.order_id = p.order_id
    left join sent s on s.platform = p.platform and s.order_id = p.order_id
  where p.day >= :from_day and p.day < :until_day
)
select platform, channel,
  cast(sum(case when kind = 'pay' then 1 else 0 end) as bigint) as payments,
  cast(sum(case when kind = 'pay' then amount else 0 end) as bigint) as paid_fen,
  cast(sum(case when kind = 'pay' and order_id is null then 1 else 0 end) as bigint) as order_unknown,
  cast(sum(case when kind = 'pay' and order_id is not null then 1 else 0 end) as bigint) as order_known,
  cast(sum(case when kind = 'pay' and abs(paid_fen - ordered_fen) * 100 > :tolerance_percent * ordered_fen
    then 1 else 0 end) as bigint) as amount_differs,
  cast(sum(case when kind = 'pay' and is_sent = 1 then 1 else 0 end) as bigint) as sent,
  cast(sum(case when kind = 'pay' and is_sent = 1 and parcels is null then 1 else 0 end) as bigint) as parcel_unknown,
  cast(sum(case when kind = 'refund' then 1 else 0 end) as bigint) as refunds,
  cast(sum(case when kind = 'refund' then amount else 0 end) as bigint) as refunded_fen
from beside
group by platform, channel
