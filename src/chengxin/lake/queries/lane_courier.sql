-- What the courier answers for: from first scan to signature, by lane; and what it was handed when.
-- `quantile_seconds` is the smallest transit that at least 0.1 % of the lane's known ones do not exceed.
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
), ranked as (
  select platform, courier, from_city, to_city, scan_count, handover_seconds, transit_seconds, is_backwards, is_underway,
    row_number() over (
      partition by platform, courier, from_city, to_city
      order by coalesce(transit_seconds, 9000000000000000000), waybill_no
    ) as place,
    count(transit_seconds) over (partition by platform, courier, from_city, to_city) as known
  from timed
)
select platform, courier, from_city, to_city,
  cast(count(*) as bigint) as parcels,
  cast(count(handover_seconds) as bigint) as handover_known,
  cast(coalesce(sum(handover_seconds), 0) as bigint) as handover_seconds,
  cast(count(transit_seconds) as bigint) as transit_known,
  cast(coalesce(sum(transit_seconds), 0) as bigint) as transit_seconds,
  cast(min(transit_seconds) as bigint) as fastest_seconds,
  cast(min(case when place * 1000 >= known then transit_seconds end) as bigint) as quantile_seconds,
  cast(max(transit_seconds) as bigint) as slowest_seconds,
  cast(sum(case when scan_count is null then 1 else 0 end) as bigint) as without_scan,
  cast(sum(is_underway) as bigint) as underway,
  cast(sum(is_backwards) as bigint) as backwards
from ranked
group by platform, courier, from_city, to_city
