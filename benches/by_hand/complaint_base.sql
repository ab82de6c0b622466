select platform, seller_id, year(day) * 100 + month(day) as month, count(*) as orders,
  count(*) filter (status in ('delivered', 'completed')) as delivered, count(distinct buyer) as buyers
from orders group by all
