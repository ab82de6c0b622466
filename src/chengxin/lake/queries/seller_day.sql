-- Orders and visits of each shop and day; a day with visits and no order is there too.
with per_order as (
  select platform, seller_id, day,
    cast(count(*) as bigint) as orders,
    cast(sum(case when status = 'canceled' then 1 else 0 end) as bigint) as canceled,
    cast(sum(case when status = 'refunded' then 1 else 0 end) as bigint) as refunded,
    cast(count(distinct buyer) as bigint) as buyers,
    cast(sum(case when buyer is null then 1 else 0 end) as bigint) as unknown_buyers,
    cast(sum(goods_amount) as bigint) as goods_fen
  from orders
  where day >= :from_day and day < :until_day
  group by platform, seller_id, day
), per_visit as (
  select platform, seller_id, day,
    cast(count(*) as bigint) as visits,
    cast(count(distinct device) as bigint) as visitors,
    cast(coalesce(sum(dwell_ms), 0) as bigint) as dwell_ms
  from visits
  where day >= :from_day and day < :until_day
  group by platform, seller_id, day
), both_sides as (
  select platform, seller_id, day, orders, canceled, refunded, buyers, unknown_buyers, goods_fen,
    cast(0 as bigint) as visits, cast(0 as bigint) as visitors, cast(0 as bigint) as dwell_ms
  from per_order
  union all
  select platform, seller_id, day, cast(0 as bigint), cast(0 as bigint), cast(0 as bigint), cast(0 as bigint),
    cast(0 as bigint), cast(0 as bigint), visits, visitors, dwell_ms
  from per_visit
)
select platform, seller_id, day,
  cast(sum(orders) as bigint) as orders,
  cast(sum(canceled) as bigint) as canceled,
  cast(sum(refunded) as bigint) as refunded,
  cast(sum(buyers) as bigint) as buyers,
  cast(sum(unknown_buyers) as bigint) as unknown_buyers,
  cast(sum(goods_fen) as bigint) as goods_fen,
  cast(sum(visits) as bigint) as visits,
  cast(sum(visitors) as bigint) as visitors,
  cast(sum(dwell_ms) as bigint) as dwell_ms
from both_sides
group by platform, seller_id, day
