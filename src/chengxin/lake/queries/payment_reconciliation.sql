-- Counts and sums only: orders whose payment is not known are not unpaid, payments whose order is not known are shown
-- on their own day without a shop.
with paid as (
  select platform, order_id,
    cast(sum(case when kind = 'pay' then 1 else 0 end) as bigint) as payment_count,
    cast(sum(case when kind = 'pay' then amount else 0 end) as bigint) as paid_fen,
    cast(sum(case when kind = 'refund' then amount else 0 end) as bigint) as refunded_fen
  from payments
  where order_id is not null
  group by platform, order_id
), facts as (
  select o.platform, o.day, o.seller_id, p.payment_count, p.paid_fen, p.refunded_fen,
    o.goods_amount + coalesce(o.freight, 0) - coalesce(o.discount, 0) as ordered_fen
  from orders o left join paid p on p.platform = o.platform and p.order_id = o.order_id
  where o.day >= :from_day and o.day < :until_day
), lone as (
  select p.platform, p.day, cast(count(*) as bigint) as order_unknown, cast(sum(p.amount) as bigint) as order_unknown_fen
  from payments p left join orders o on o.platform = p.platform and o.order_id = p.order_id
  where p.day >= :from_day and p.day < :until_day and p.kind = 'pay' and o.order_id is null
  group by p.platform, p.day
)
select platform, day, seller_id,
  cast(count(*) as bigint) as orders,
  cast(sum(case when coalesce(payment_count, 0) = 0 then 1 else 0 end) as bigint) as payment_unknown,
  cast(sum(case when payment_count > 0 and abs(paid_fen - ordered_fen) * 100 <= :tolerance_percent * ordered_fen
    then 1 else 0 end) as bigint) as agreeing,
  cast(sum(case when payment_count > 0 and (paid_fen - ordered_fen) * 100 > :tolerance_percent * ordered_fen
    then 1 else 0 end) as bigint) as paid_more,
  cast(sum(case when payment_count > 0 and (ordered_fen - paid_fen) * 100 > :tolerance_percent * ordered_fen
    then 1 else 0 end) as bigint) as paid_less,
  cast(sum(ordered_fen) as bigint) as ordered_fen,
  cast(coalesce(sum(paid_fen), 0) as bigint) as paid_fen,
  cast(coalesce(sum(refunded_fen), 0) as bigint) as refunded_fen,
  cast(0 as bigint) as order_unknown,
  cast(0 as bigint) as order_unknown_fen
from facts
group by platform, day, seller_id
union all
select platform, day, '' as seller_id, cast(0 as bigint), cast(0 as bigint), cast(0 as bigint), cast(0 as bigint),
  cast(0 as bigint), cast(0 as bigint), cast(0 as bigint), cast(0 as bigint), order_unknown, order_unknown_fen
from lone
