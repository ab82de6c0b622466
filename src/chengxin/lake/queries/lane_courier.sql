-- What the courier answers for: from first scan to signature, by lane; and what it was handed when.
-- `quantile_seconds` is the smallest transit that at least 0.1 % of the lane's known ones do not exceed. Parcels are
-- counted by hours of transit first, so that only those of the one hour in which it lies are put in order.
with parcels as (
  select platform, waybill_no,
    min(courier) as courier, min(created_at) as created_at,
    min(coalesce(substr(from_area, 1, 4), '')) as from_city,
    min(coalesce(substr(to_area, 1, 4), '')) as to_city
  from waybills
  where day >= :from_day and day < :until_day
  group by platform, waybill_no
), scans as (
  select platform, waybill_no,
    cast(count(*) as bigint) as scan_count,
    min(case when kind = 'collected' then scanned_at end) as collected_at,
    max(case when kind = 'signed' then scanned_at end) as signed_at
  from parcel_scans
  group by platform, waybill_no
), timed as (
  select p.platform, p.courier, p.from_city, p.to_city, p.waybill_no, s.scan_count,
    case when s.collected_at >= p.created_at then s.collected_at - p.created_at end as handover_seconds,
    case when s.signed_at >= s.collected_at then s.signed_at - s.collected_at end as transit_seconds,
    case when s.collected_at < p.created_at or s.signed_at < s.collected_at then 1 else 0 end as is_backwards,
    case when s.scan_count is not null and s.signed_at is null then 1 else 0 end as is_underway
  from parcels p left join scans s on s.platform = p.platform and s.waybill_no = p.waybill_no
), hours as (
  select platform, courier, from_city, to_city, transit_seconds - transit_seconds % 3600 as hour,
    cast(count(*) as bigint) as parcels,
    cast(count(handover_seconds) as bigint) as handover_known, cast(sum(handover_seconds) as bigint) as handover_sum,
    cast(count(transit_seconds) as bigint) as transit_known, cast(sum(transit_seconds) as bigint) as transit_sum,
    min(transit_seconds) as fastest_seconds, max(transit_seconds) as slowest_seconds,
    cast(sum(case when scan_count is null then 1 else 0 end) as bigint) as without_scan,
    cast(sum(is_underway) as bigint) as underway, cast(sum(is_backwards) as bigint) as backwards
  from timed
  group by platform, courier, from_city, to_city, transit_seconds - transit_seconds % 3600
), lanes as (
  select platform, courier, from_city, to_city,
    cast(sum(parcels) as bigint) as parcels,
    cast(sum(handover_known) as bigint) as handover_known,
    cast(coalesce(sum(handover_sum), 0) as bigint) as handover_seconds,
    cast(sum(transit_known) as bigint) as transit_known,
    cast(coalesce(sum(transit_sum), 0) as bigint) as transit_seconds,
    min(fastest_seconds) as fastest_seconds, max(slowest_seconds) as slowest_seconds,
    cast(sum(without_scan) as bigint) as without_scan,
    cast(sum(underway) as bigint) as underway, cast(sum(backwards) as bigint) as backwards
  from hours
  group by platform, courier, from_city, to_city
), counted as (
  select platform, courier, from_city, to_city, hour, transit_known,
    cast(sum(transit_known) over (partition by platform, courier, from_city, to_city order by hour) as bigint) as passed,
    cast(sum(transit_known) over (partition by platform, courier, from_city, to_city) as bigint) as known
  from hours
  where hour is not null
), ranked as (
  select t.platform, t.courier, t.from_city, t.to_city, t.transit_seconds, c.known,
    c.passed - c.transit_known + row_number() over (
      partition by t.platform, t.courier, t.from_city, t.to_city order by t.transit_seconds, t.waybill_no
    ) as place
  from timed t join counted c on c.platform = t.platform and c.courier = t.courier and c.from_city = t.from_city
    and c.to_city = t.to_city and c.hour = t.transit_seconds - t.transit_seconds % 3600
  where c.passed * 1000 >= c.known and (c.passed - c.transit_known) * 1000 < c.known
), quantiles as (
  select platform, courier, from_city, to_city,
    min(case when place * 1000 >= known then transit_seconds end) as quantile_seconds
  from ranked
  group by platform, courier, from_city, to_city
)
select l.platform, l.courier, l.from_city, l.to_city, l.parcels, l.handover_known, l.handover_seconds, l.transit_known,
  l.transit_seconds, l.fastest_seconds, q.quantile_seconds, l.slowest_seconds, l.without_scan, l.underway, l.backwards
from lanes l left join quantiles q on q.platform = l.platform and q.courier = l.courier and q.from_city = l.from_city
  and q.to_city = l.to_city
