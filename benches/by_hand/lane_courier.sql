with scans as (
  select platform, waybill_no, count(*) as scan_count, min(scanned_at) filter (kind = 'collected') as collected_at,
    max(scanned_at) filter (kind = 'signed') as signed_at
  from parcel_scans group by all
), parcels as (
  select platform, waybill_no, min(courier) as courier, min(created_at) as created_at,
    min(coalesce(from_area[:4], '')) as from_city, min(coalesce(to_area[:4], '')) as to_city
  from waybills group by all
), timed as (
  select *, case when collected_at >= created_at then collected_at - created_at end as handover,
    case when signed_at >= collected_at then signed_at - collected_at end as transit
  from parcels left join scans using (platform, waybill_no)
)
select platform, courier, from_city, to_city, count(*) as parcels, count(handover) as handover_known,
  coalesce(sum(handover), 0) as handover_seconds, count(transit) as transit_known,
  coalesce(sum(transit), 0) as transit_seconds, min(transit) as fastest_seconds,
  quantile_disc(transit, 0.001) as quantile_seconds, max(transit) as slowest_seconds,
  count(*) - count(scan_count) as without_scan,
  count(*) filter (scan_count is not null and signed_at is null) as underway,
  count(*) filter (collected_at < created_at or signed_at < collected_at) as backwards
from timed group by all
