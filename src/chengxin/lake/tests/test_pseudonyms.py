"""Nobody's own name or number lies in the lake, and what may be joined can be."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from chengxin.kernel.refusal import Refused
from chengxin.lake.datasets import get_dataset, list_datasets
from chengxin.lake.store import Store
from chengxin.lake.tests.conftest import Send, order, payment

WHO = "390101199001010017"


def one(store: Store, dataset: str, column: str, platform: str = "market") -> str:
    known = get_dataset(dataset)
    days = [day for (owner, _), day in store.standing(dataset).items() if owner == platform]
    return str(pl.concat(store.read(known, day) for day in days)[column].item())


def test_a_buyer_is_the_payer_of_the_same_platform_and_a_stranger_elsewhere(store: Store, send: Send) -> None:
    for platform in ("market", "other"):
        send("orders", order(buyer=WHO, device="phone-1"), platform=platform)
    send("payments", payment(payer=WHO))
    assert one(store, "orders", "buyer") == one(store, "payments", "payer")
    assert one(store, "orders", "buyer") != one(store, "orders", "buyer", "other")
    assert one(store, "orders", "device") == one(store, "orders", "device", "other")
    assert len(one(store, "orders", "buyer")) == 32


def test_a_value_hashes_otherwise_in_another_domain(store: Store, send: Send) -> None:
    send("orders", order(buyer="same", device="same", address="same"))
    found = {one(store, "orders", column) for column in ("buyer", "device", "address")}
    assert len(found) == 3


def test_no_byte_of_the_lake_holds_what_was_sent_of_a_person(store: Store, send: Send, sealing: Path) -> None:
    made = send(
        "orders",
        order("A1", buyer=WHO, address="云汀省澜汀市甲路1号", receiver_phone="10112345678", receiver_name="测试甲"),
        order("A2", buyer=WHO, goods_amount=WHO),
    )
    assert set(made.ignored_columns) == {"receiver_phone", "receiver_name"}
    assert made.questioned == 1
    secrets = [word.encode() for word in (WHO, "云汀省澜汀市甲路1号", "10112345678", "测试甲")]
    files = [file for root in (store.root, sealing) for file in root.rglob("*") if file.is_file()]
    tables = [pl.read_parquet(file).write_csv().encode() for file in files if file.suffix == ".parquet"]
    assert len(tables) == 2
    for content in [*tables, *(file.read_bytes() for file in files)]:
        assert not [secret for secret in secrets if secret in content]


@pytest.mark.clause("E2.3b")
def test_no_card_or_account_number_gets_into_the_lake_not_even_into_what_is_questioned(
    store: Store, send: Send, sealing: Path
) -> None:
    card = "6200000000000005"
    made = send(
        "payments",
        payment("P1"),
        payment("P2", payer=card),
        payment("P3", channel=f"绑定卡 {card}"),
        payment(card),
        payment("P5", amount=card[:13] + "x", refund_of="6200 0000 0000 0005"),
    )
    assert (made.good, made.questioned) == (1, 4)
    assert dict(made.issues)["L-CARD"] == 4
    files = [file for root in (store.root, sealing) for file in root.rglob("*.parquet")]
    tables = [pl.read_parquet(file).write_csv() for file in files]
    assert len(tables) == 2
    for content in [*tables, *(file.read_bytes().decode("latin-1") for file in files)]:
        assert card not in content.replace(" ", "")
    for heading in ("card_no", "付款账户号"):
        with pytest.raises(Refused, match="L-ACCOUNTS"):
            send("payments", payment("P9", **{heading: "1"}))


def test_every_field_about_a_party_a_place_or_a_device_is_a_pseudonym() -> None:
    personal = {"buyer", "payer", "payee", "orderer", "address", "device"}
    for dataset in list_datasets().values():
        for field in dataset.fields:
            assert (field.name in personal) == bool(field.domain), (dataset.name, field.name)
