with lines as (
  select platform, order_id, count(*) as line_count, sum(quantity * unit_price) as lines_fen,
    case when count(*) = count(unit_weight_g) then sum(quantity * unit_weight_g) end as stated_g
  from order_lines group by all
), paid as (
  select platform, order_id, count(*) filter (kind = 'pay') as payment_count,
    sum(amount) filter (kind = 'pay') as paid_fen, min(paid_at) filter (kind = 'pay') as first_paid_at,
    min(payer) filter (kind = 'pay') as payer, max(payer) filter (kind = 'pay') as last_payer,
    min(payee) filter (kind = 'pay') as payee, count(*) filter (kind = 'refund') as refund_count,
    sum(amount) filter (kind = 'refund') as refunded_fen, min(paid_at) filter (kind = 'refund') as first_refund_at,
    min(payee) filter (kind = 'refund') as refund_payee
  from payments where order_id is not null group by all
), scans as (
  select platform, waybill_no, count(*) as scan_count,
    count(*) filter (kind in ('transit', 'delivering')) as transit_count, min(scanned_at) as first_scan_at,
    min(scanned_at) filter (kind = 'collected') as collected_at, max(scanned_at) filter (kind = 'signed') as signed_at
  from parcel_scans group by all
), shared as (
  select platform, waybill_no, count(*) as orders_on_waybill from waybills group by all
), sent as (
  select platform, order_id, count(*) as waybill_count, min(waybill_no) as waybill_no, min(courier) as courier,
    min(from_area) as from_area, min(to_area) as to_area,
    case when count(*) = count(declared_g) then sum(declared_g) end as declared_g,
    case when count(*) = count(measured_g) then sum(measured_g) end as measured_g,
    max(orders_on_waybill) as orders_on_waybill, sum(scan_count) as scan_count, sum(transit_count) as transit_count,
    min(first_scan_at) as first_scan_at, min(collected_at) as collected_at, max(signed_at) as signed_at
  from waybills join shared using (platform, waybill_no) left join scans using (platform, waybill_no) group by all
), reviewed as (
  select platform, order_id, count(*) as review_count, min(reviewed_at) as first_reviewed_at, max(score) as score
  from reviews group by all
), declared as (
  select platform, order_id, count(*) as declaration_count, min(declaration_no) as declaration_no,
    sum(goods_amount) as declared_goods_fen, sum(tax) as declared_tax_fen, sum(paid_amount) as declared_paid_fen,
    sum(gross_g) as gross_g, min(orderer) as orderer, min(payer) as declared_payer,
    min(identity_proven) as identity_proven
  from declarations group by all
), devices as (
  select platform, seller_id, device, count(*) as orders_on_device from orders where device is not null group by all
)
select o.platform, o.order_id, o.day, o.seller_id, o.status, o.category, o.buyer, o.address, o.device, o.deliver_area,
  o.created_at as ordered_at, o.handover_due_at, o.delivery_due_at,
  goods_amount + coalesce(freight, 0) - coalesce(discount, 0) as ordered_fen, l.* exclude (platform, order_id),
  p.* exclude (platform, order_id), w.* exclude (platform, order_id), r.* exclude (platform, order_id),
  d.* exclude (platform, order_id), v.orders_on_device
from orders o left join lines l using (platform, order_id) left join paid p using (platform, order_id)
  left join sent w using (platform, order_id) left join reviewed r using (platform, order_id)
  left join declared d using (platform, order_id) left join devices v using (platform, seller_id, device)
