with paid as (
  select platform, order_id, sum(amount) as paid_fen from payments where kind = 'pay' and order_id is not null group by all
), parcels as (
  select distinct platform, order_id from waybills
), beside as (
  select p.platform, coalesce(p.channel, '') as channel, kind, amount, o.order_id as known, paid_fen, s.order_id as parcel,
    goods_amount + coalesce(freight, 0) - coalesce(discount, 0) as ordered_fen,
    status in ('shipped', 'delivered', 'completed') as gone
  from payments p left join orders o using (platform, order_id) left join paid using (platform, order_id)
    left join parcels s using (platform, order_id)
)
select platform, channel, count(*) filter (kind = 'pay') as payments,
  coalesce(sum(amount) filter (kind = 'pay'), 0) as paid_fen,
  count(*) filter (kind = 'pay' and known is null) as order_unknown, count(known) filter (kind = 'pay') as order_known,
  count(*) filter (kind = 'pay' and abs(paid_fen - ordered_fen) * 20 > ordered_fen) as amount_differs,
  count(*) filter (kind = 'pay' and gone) as sent,
  count(*) filter (kind = 'pay' and gone and parcel is null) as parcel_unknown,
  count(*) filter (kind = 'refund') as refunds, coalesce(sum(amount) filter (kind = 'refund'), 0) as refunded_fen
from beside group by all
