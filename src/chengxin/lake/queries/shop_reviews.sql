-- One row per first review with the shop it is about and the day its buyer was first seen. Follow-ups are no second voice.
with seen as (
  select platform, buyer, min(day) as first_seen
  from orders
  where buyer is not null
  group by platform, buyer
)
select r.platform, r.review_id, r.order_id, o.seller_id, r.day, r.score, o.buyer, s.first_seen
from reviews r
  join orders o on o.platform = r.platform and o.order_id = r.order_id
  left join seen s on s.platform = o.platform and s.buyer = o.buyer
where r.day >= :from_day and r.day < :until_day and coalesce(r.is_follow_up, 'no') = 'no'
