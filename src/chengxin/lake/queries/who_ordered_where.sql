-- One row per order with a known buyer: the graph in which rings are looked for.
select platform, order_id, day, buyer, seller_id
from orders
where day >= :from_day and day < :until_day and buyer is not null
