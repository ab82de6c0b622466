"""A platform with its program and its people, a firm with a food licence, the credit office over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.test import Client
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.amendments.tests.conftest import credit_office
from chengxin.archives.tests.programs import register
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, SETUP, Office, accept, ground, hand_in, market
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import simulated
from chengxin.market import facade
from chengxin.market.contracts import Filing, Seller, Shop
from chengxin.objections.tests.conftest import officer
from chengxin.subjects import facade as subjects

__all__ = ["accept", "ground", "hand_in", "market"]
HOST = "shop.example.org"
FIRM = "91390100MA0000015M"
NAME = "云汀禾木商贸有限公司"
TODAY = date(2026, 11, 23)
LICENCE = (
    "行政相对人名称,行政相对人类别,统一社会信用代码,行政许可决定文书名称,行政许可决定文书号,许可类别,许可证书名称,许可编号,"
    "许可内容,许可决定日期,有效期自,有效期至,许可机关\n"
)


def licence(number: int, *, until: str, title: str = "食品经营许可证", content: str = "预包装食品销售") -> str:
    """Write one line of a file of licences of the firm."""
    return (
        f"{NAME},法人及非法人组织,{FIRM},准予许可决定书,云市监许〔2026〕{number}号,普通,{title},JY39{number:04},{content},"
        f"2026-01-05,2026-01-05,{until},云汀市市场监督管理局\n"
    )


@dataclass(frozen=True)
class Sold:
    """A platform: its program's credentials, its clerk, and the officer who registered it."""

    body: str
    header: str
    clerk: Actor
    office: Actor

    def post(self, address: str, **body: Any) -> Any:
        return Client().post(
            address, orjson.dumps(body), content_type="application/json", headers={"Authorization": self.header}
        )


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with simulated(NOW):
        yield


@world
def sold(ground: None) -> Sold:
    """Return a registered platform with its program and a clerk."""
    access.open_bodies([credit_office("YTXY", "3901", "云汀市信用办公室")], actor=SETUP, now=NOW)
    program = register("SHOP", "market.file")
    office = officer("xy-first", "YTXY")
    facade.register_platform("SHOP", host=HOST, actor=office, now=NOW)
    return Sold(body="SHOP", header=program.header, clerk=officer("shop-clerk", "SHOP", Role.CLERK), office=office)


@world
def firm(market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]) -> UUID:
    """Return a firm whose food licence ends in eighty days."""
    return licensed(market, hand_in, accept, licence(1, until="2027-02-11"))


def licensed(market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch], *lines: str) -> UUID:
    """File licences of the firm and return who it is."""
    batch = accept(hand_in((LICENCE + "".join(lines)).encode(), market, item="licence").id, market)
    assert (batch.accepted, batch.published) == (len(lines), len(lines))
    operator = subjects.find_operator(FIRM)
    assert operator is not None
    return operator.id


def filing(number: str = "S-1", **changed: Any) -> Filing:
    """Return the filing of the firm's shop, or one changed in some fields."""
    return Filing(
        **{
            "number": number,
            "seller": Seller.OPERATOR,
            "address": f"https://{HOST}/hemu",
            "categories": ("food",),
            "verified_on": TODAY,
            "opened_on": date(2025, 1, 2),
            "uscc": FIRM,
            "name": NAME,
            "title": "禾木食品铺",
        }
        | changed
    )


def individual(number: str = "G-1", **changed: Any) -> Filing:
    """Return the filing of an individual seller."""
    plain = {"seller": Seller.INDIVIDUAL, "address": HOST, "categories": ("farm",), "exemption": "farm"}
    return filing(number, **{**plain, "uscc": "", "name": "", "title": "", **changed})


def shop_of(sold: Sold, one: Filing | None = None) -> Shop:
    """File one shop as the platform's clerk and return it."""
    (filed,) = facade.file_shops(sold.clerk, [one or filing()], now=NOW)
    assert filed.shop is not None, filed.refusal
    return filed.shop
