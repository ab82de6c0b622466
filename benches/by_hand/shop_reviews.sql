with seen as (select platform, buyer, min(day) as first_seen from orders where buyer is not null group by all)
select r.platform, review_id, order_id, seller_id, r.day, score, buyer, first_seen
from reviews r join orders o using (platform, order_id) left join seen using (platform, buyer)
where is_follow_up is distinct from 'yes'
