-- What became of parcels, by lane and courier: in time, out of sight, amiss, and how long they took.
-- In time is asked only of what the sender handed over in time; a parcel that is out of sight was not in time. Out of
-- sight is one without signature or return whose last scan lies before `silent_before`; 0 says that none is. More than
-- forty days count as forty, so that the sum of squares fits.
with promised as (
  select platform, order_id, min(handover_due_at) as handover_due_at, min(delivery_due_at) as delivery_due_at
  from orders
  group by platform, order_id
), parcels as (
  select w.platform, w.waybill_no, min(w.courier) as courier,
    min(coalesce(substr(w.from_area, 1, 4), '')) as from_city, min(coalesce(substr(w.to_area, 1, 4), '')) as to_city,
    min(p.handover_due_at) as handover_due_at, max(p.delivery_due_at) as delivery_due_at
  from waybills w left join promised p on p.platform = w.platform and p.order_id = w.order_id
  where w.day >= :from_day and w.day < :until_day
  group by w.platform, w.waybill_no
), scans as (
  select platform, waybill_no, max(scanned_at) as last_at,
    min(case when kind = 'collected' then scanned_at end) as collected_at,
    max(case when kind = 'signed' then scanned_at end) as signed_at,
    max(case when kind = 'returned' then 1 else 0 end) as was_returned,
    max(case when kind = 'exception' then 1 else 0 end) as was_amiss
  from parcel_scans
  group by platform, waybill_no
), carried as (
  select p.platform, p.courier, p.from_city, p.to_city, p.handover_due_at, p.delivery_due_at, s.collected_at,
    s.signed_at, coalesce(s.was_returned, 0) as was_returned, coalesce(s.was_amiss, 0) as was_amiss,
    case when s.collected_at is not null and s.signed_at is null and s.was_returned = 0
      and s.last_at < :silent_before then 1 else 0 end as is_silent,
    case when s.signed_at - s.collected_at > 3456000 then 3456000
      when s.signed_at >= s.collected_at then s.signed_at - s.collected_at end as transit
  from parcels p left join scans s on s.platform = p.platform and s.waybill_no = p.waybill_no
), judged as (
  select platform, courier, from_city, to_city, collected_at, signed_at, was_returned, was_amiss, is_silent, transit,
    delivery_due_at,
    case when delivery_due_at is not null and (transit is not null or is_silent = 1)
      and (handover_due_at is null or collected_at <= handover_due_at) then 1 else 0 end as is_due_known
  from carried
)
select platform, courier, from_city, to_city,
  cast(count(*) as bigint) as parcels,
  cast(count(collected_at) as bigint) as handed,
  cast(sum(case when transit is not null or was_returned = 1 or is_silent = 1 then 1 else 0 end) as bigint) as ended,
  cast(sum(is_silent) as bigint) as silent,
  cast(sum(case when collected_at is not null then was_amiss else 0 end) as bigint) as amiss,
  cast(sum(is_due_known) as bigint) as due_known,
  cast(sum(case when is_due_known = 1 and signed_at <= delivery_due_at then 1 else 0 end) as bigint) as on_time,
  cast(count(transit) as bigint) as transit_known,
  cast(coalesce(sum(transit), 0) as bigint) as transit_seconds,
  cast(coalesce(sum(transit * transit), 0) as bigint) as transit_squares
from judged
group by platform, courier, from_city, to_city
