with ordered as (
  select platform, seller_id, day, count(*) as orders, count(*) filter (status = 'canceled') as canceled,
    count(*) filter (status = 'refunded') as refunded, count(distinct buyer) as buyers,
    count(*) - count(buyer) as unknown_buyers, sum(goods_amount) as goods_fen
  from orders group by all
), visited as (
  select platform, seller_id, day, count(*) as visits, count(distinct device) as visitors, sum(dwell_ms) as dwell_ms
  from visits group by all
)
select platform, seller_id, day, coalesce(orders, 0) as orders, coalesce(canceled, 0) as canceled,
  coalesce(refunded, 0) as refunded, coalesce(buyers, 0) as buyers, coalesce(unknown_buyers, 0) as unknown_buyers,
  coalesce(goods_fen, 0) as goods_fen, coalesce(visits, 0) as visits, coalesce(visitors, 0) as visitors,
  coalesce(dwell_ms, 0) as dwell_ms
from ordered full join visited using (platform, seller_id, day)
