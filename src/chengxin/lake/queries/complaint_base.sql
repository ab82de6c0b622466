-- How many orders complaints are held against: whoever counts complaints multiplies by 10 000 and divides by `orders`.
select platform, seller_id,
  cast(extract(year from day) * 100 + extract(month from day) as bigint) as month,
  cast(count(*) as bigint) as orders,
  cast(sum(case when status in ('delivered', 'completed') then 1 else 0 end) as bigint) as delivered,
  cast(count(distinct buyer) as bigint) as buyers
from orders
where day >= :from_day and day < :until_day
group by platform, seller_id, cast(extract(year from day) * 100 + extract(month from day) as bigint)
