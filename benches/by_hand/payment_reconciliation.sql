with paid as (
  select platform, order_id, count(*) filter (kind = 'pay') as payments,
    coalesce(sum(amount) filter (kind = 'pay'), 0) as paid_fen,
    coalesce(sum(amount) filter (kind = 'refund'), 0) as refunded_fen
  from payments where order_id is not null group by all
), facts as (
  select o.platform, o.day, o.seller_id, payments, paid_fen, refunded_fen,
    goods_amount + coalesce(freight, 0) - coalesce(discount, 0) as ordered_fen
  from orders o left join paid using (platform, order_id)
)
select platform, day, seller_id, count(*) as orders, count(*) filter (coalesce(payments, 0) = 0) as payment_unknown,
  count(*) filter (payments > 0 and abs(paid_fen - ordered_fen) * 100 <= 5 * ordered_fen) as agreeing,
  count(*) filter (payments > 0 and (paid_fen - ordered_fen) * 100 > 5 * ordered_fen) as paid_more,
  count(*) filter (payments > 0 and (ordered_fen - paid_fen) * 100 > 5 * ordered_fen) as paid_less,
  sum(ordered_fen) as ordered_fen, coalesce(sum(paid_fen), 0) as paid_fen,
  coalesce(sum(refunded_fen), 0) as refunded_fen, 0 as order_unknown, 0 as order_unknown_fen
from facts group by all
union all
select platform, day, '', 0, 0, 0, 0, 0, 0, 0, 0, count(*), sum(amount)
from payments p anti join orders o using (platform, order_id) where kind = 'pay' group by all
