"""Olist's tables come in as published. Rows here are made up in its form; none of Olist's is in this project."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from chengxin.kernel.refusal import Refused
from chengxin.lake.engines import DuckDB
from chengxin.lake.olist import import_olist
from chengxin.lake.running import rows_of, run
from chengxin.lake.store import Store
from chengxin.lake.tests.conftest import NOW

TABLES = {
    "orders": """order_id,customer_id,order_status,order_purchase_timestamp,\
order_approved_at,order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date
o1,c1,delivered,2018-01-05 22:30:00,2018-01-05 22:45:00,2018-01-06 22:30:00,2018-01-10 22:30:00,2018-01-20 00:00:00
o2,c2,shipped,2018-01-05 10:00:00,,2018-01-09 10:00:00,,2018-01-20 00:00:00
o3,c3,unavailable,2018-01-05 10:00:00,,,,2018-01-20 00:00:00
""",
    "order_items": """order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value
o1,1,p1,s1,2018-01-08 22:30:00,10.00,2.50
o1,2,p2,s2,2018-01-08 22:30:00,20.00,2.50
o2,1,p1,s1,2018-01-08 10:00:00,10.00,0.00
""",
    "order_payments": """order_id,payment_sequential,payment_type,payment_installments,payment_value
o1,1,credit_card,1,30.00
o1,2,voucher,1,5.00
""",
    "order_reviews": """review_id,order_id,review_score,\
review_comment_title,review_comment_message,review_creation_date,review_answer_timestamp
r1,o1,5,,,2018-01-11 00:00:00,2018-01-12 00:00:00
""",
    "customers": """customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state
c1,u1,1000,x,SP
c2,u1,1000,x,SP
c3,u2,2000,y,RJ
""",
    "sellers": "seller_id,seller_zip_code_prefix,seller_city,seller_state\ns1,1,x,SP\ns2,2,y,SP\n",
    "products": """product_id,product_category_name,product_name_lenght,product_description_lenght,\
product_photos_qty,product_weight_g,product_length_cm,product_height_cm,product_width_cm
p1,artes,1,1,1,300,1,1,1
p2,bebes,1,1,1,,1,1,1
""",
}
SPAN = {"from_day": date(2018, 1, 1), "until_day": date(2018, 2, 1)}


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Write the tables, one of them gzipped and one under its published name."""
    for name, text in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text)
    (tmp_path / "orders.csv").unlink()
    (tmp_path / "orders.csv.gz").write_bytes(gzip.compress(TABLES["orders"].encode()))
    (tmp_path / "products.csv").rename(tmp_path / "olist_products_dataset.csv")
    return tmp_path


def test_published_tables_become_orders_payments_and_parcels(tables: Path, store: Store) -> None:
    made = import_olist(tables, now=NOW, store=store)
    counts = {one.dataset: one.good for one in made}
    assert counts == {"orders": 3, "order_lines": 3, "payments": 2, "waybills": 2, "parcel_scans": 3, "reviews": 1}
    first, second, third = rows_of(run("document_facts", **SPAN, engine=DuckDB(), store=store)).to_dicts()
    # 22:30 in São Paulo in January is 08:30 of the next day in Beijing.
    assert (first["day"], second["day"]) == (date(2018, 1, 6), date(2018, 1, 5))
    assert (first["seller_id"], first["category"], first["ordered_fen"]) == ("s1", "artes", 3500)
    assert (first["paid_fen"], first["line_count"], first["stated_g"]) == (3500, 2, None)
    assert (first["signed_at"] - first["collected_at"], first["score"]) == (4 * 86400, 5)
    assert (first["buyer"] == second["buyer"], first["buyer"] == third["buyer"]) == (True, False)
    assert (second["payment_count"], second["signed_at"], second["stated_g"]) == (None, None, 300)
    assert (third["seller_id"], third["waybill_no"]) == ("unknown", None)


def test_a_folder_without_a_table_is_refused(tables: Path, store: Store) -> None:
    (tables / "customers.csv").unlink()
    with pytest.raises(Refused, match="L-OLIST"):
        import_olist(tables, now=NOW, store=store)
    assert not store.root.exists()
