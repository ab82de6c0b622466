-- One row per order with what its papers say. Null is unknown: a paper that was not handed in accuses nobody.
with lines as (
  select platform, order_id, cast(count(*) as bigint) as line_count,
    cast(sum(quantity * unit_price) as bigint) as lines_fen,
    cast(case when count(*) = count(unit_weight_g) then sum(quantity * unit_weight_g) end as bigint) as stated_g
  from order_lines
  group by platform, order_id
), paid as (
  select platform, order_id,
    cast(sum(case when kind = 'pay' then 1 else 0 end) as bigint) as payment_count,
    cast(sum(case when kind = 'pay' then amount end) as bigint) as paid_fen,
    min(case when kind = 'pay' then paid_at end) as first_paid_at,
    min(case when kind = 'pay' then payer end) as payer,
    max(case when kind = 'pay' then payer end) as last_payer,
    min(case when kind = 'pay' then payee end) as payee,
    cast(sum(case when kind = 'refund' then 1 else 0 end) as bigint) as refund_count,
    cast(sum(case when kind = 'refund' then amount end) as bigint) as refunded_fen,
    min(case when kind = 'refund' then paid_at end) as first_refund_at,
    min(case when kind = 'refund' then payee end) as refund_payee
  from payments
  where order_id is not null
  group by platform, order_id
), scans as (
  select platform, waybill_no, cast(count(*) as bigint) as scan_count,
    cast(sum(case when kind in ('transit', 'delivering') then 1 else 0 end) as bigint) as transit_count,
    min(scanned_at) as first_scan_at,
    min(case when kind = 'collected' then scanned_at end) as collected_at,
    max(case when kind = 'signed' then scanned_at end) as signed_at
  from parcel_scans
  group by platform, waybill_no
), shared as (
  select platform, waybill_no, cast(count(*) as bigint) as orders_on_waybill
  from waybills
  group by platform, waybill_no
  having count(*) > 1
), sent as (
  select w.platform, w.order_id, cast(count(*) as bigint) as waybill_count,
    min(w.waybill_no) as waybill_no, min(w.courier) as courier, min(w.from_area) as from_area, min(w.to_area) as to_area,
    cast(case when count(*) = count(w.declared_g) then sum(w.declared_g) end as bigint) as declared_g,
    cast(case when count(*) = count(w.measured_g) then sum(w.measured_g) end as bigint) as measured_g,
    max(coalesce(h.orders_on_waybill, 1)) as orders_on_waybill,
    cast(sum(s.scan_count) as bigint) as scan_count,
    cast(sum(s.transit_count) as bigint) as transit_count,
    min(s.first_scan_at) as first_scan_at, min(s.collected_at) as collected_at, max(s.signed_at) as signed_at
  from waybills w
    left join shared h on h.platform = w.platform and h.waybill_no = w.waybill_no
    left join scans s on s.platform = w.platform and s.waybill_no = w.waybill_no
  group by w.platform, w.order_id
), reviewed as (
  select platform, order_id, cast(count(*) as bigint) as review_count, min(reviewed_at) as first_reviewed_at,
    max(score) as score
  from reviews
  group by platform, order_id
), declared as (
  select platform, order_id, cast(count(*) as bigint) as declaration_count, min(declaration_no) as declaration_no,
    cast(sum(goods_amount) as bigint) as declared_goods_fen, cast(sum(tax) as bigint) as declared_tax_fen,
    cast(sum(paid_amount) as bigint) as declared_paid_fen, cast(sum(gross_g) as bigint) as gross_g,
    min(orderer) as orderer, min(payer) as declared_payer, min(identity_proven) as identity_proven
  from declarations
  group by platform, order_id
), devices as (
  select platform, seller_id, device, cast(count(*) as bigint) as orders_on_device
  from orders
  where device is not null and day >= :from_day and day < :until_day
  group by platform, seller_id, device
  having count(*) > 1
)
select o.platform, o.order_id, o.day, o.seller_id, o.status, o.category, o.buyer, o.address, o.device, o.deliver_area,
  o.created_at as ordered_at, o.handover_due_at, o.delivery_due_at,
  o.goods_amount + coalesce(o.freight, 0) - coalesce(o.discount, 0) as ordered_fen,
  l.line_count, l.lines_fen, l.stated_g,
  p.payment_count, p.paid_fen, p.first_paid_at, p.payer, p.last_payer, p.payee,
  p.refund_count, p.refunded_fen, p.first_refund_at, p.refund_payee,
  w.waybill_count, w.waybill_no, w.courier, w.from_area, w.to_area, w.declared_g, w.measured_g, w.orders_on_waybill,
  w.scan_count, w.transit_count, w.first_scan_at, w.collected_at, w.signed_at,
  r.review_count, r.first_reviewed_at, r.score,
  d.declaration_count, d.declaration_no, d.declared_goods_fen, d.declared_tax_fen, d.declared_paid_fen, d.gross_g,
  d.orderer, d.declared_payer, d.identity_proven,
  case when o.device is not null then coalesce(v.orders_on_device, 1) end as orders_on_device
from orders o
  left join lines l on l.platform = o.platform and l.order_id = o.order_id
  left join paid p on p.platform = o.platform and p.order_id = o.order_id
  left join sent w on w.platform = o.platform and w.order_id = o.order_id
  left join reviewed r on r.platform = o.platform and r.order_id = o.order_id
  left join declared d on d.platform = o.platform and d.order_id = o.order_id
  left join devices v on v.platform = o.platform and v.seller_id = o.seller_id and v.device = o.device
where o.day >= :from_day and o.day < :until_day
