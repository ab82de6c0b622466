with promised as (
  select platform, order_id, min(handover_due_at) as handover_due, min(delivery_due_at) as delivery_due
  from orders group by all
), scans as (
  select platform, waybill_no, max(scanned_at) as last_at, min(scanned_at) filter (kind = 'collected') as collected,
    max(scanned_at) filter (kind = 'signed') as signed, bool_or(kind = 'returned') as returned,
    bool_or(kind = 'exception') as amiss
  from parcel_scans group by all
), parcels as (
  select platform, waybill_no, min(courier) as courier, min(coalesce(from_area[:4], '')) as from_city,
    min(coalesce(to_area[:4], '')) as to_city, min(handover_due) as handover_due, max(delivery_due) as delivery_due
  from waybills left join promised using (platform, order_id) group by all
), timed as (
  select *, case when signed >= collected then least(signed - collected, 3456000) end as transit,
    coalesce(returned, false) as back, false as silent
  from parcels left join scans using (platform, waybill_no)
), judged as (
  select *, delivery_due is not null and transit is not null
    and (handover_due is null or collected <= handover_due) as due
  from timed
)
select platform, courier, from_city, to_city, count(*) as parcels, count(collected) as handed,
  count(*) filter (transit is not null or back) as ended, count(*) filter (silent) as silent,
  count(*) filter (amiss and collected is not null) as amiss, count(*) filter (due) as due_known,
  count(*) filter (due and signed <= delivery_due) as on_time, count(transit) as transit_known,
  coalesce(sum(transit), 0) as transit_seconds, coalesce(sum(transit * transit), 0) as transit_squares
from judged group by all
