"""Whom a complaint is about (被投诉方): a shop, or a courier company of the register; and who answers for either."""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.couriers import facade as couriers
from chengxin.couriers.contracts import Company
from chengxin.disputes.contracts import COURIER, PROCEDURE, Respondent, Told
from chengxin.disputes.rules import nearest, why_not_parcel
from chengxin.disputes.tables import field_of_work
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.market import facade as market
from chengxin.reviews import facade as reviews

_COMPANY: Final = re.compile(r"couriers/([0-9A-Z]{18})")


def respondent_of(told: Told) -> Respondent:
    """Return whom a complaint is about, or refuse."""
    if told.company:
        refuse_if(why_not_parcel(told.order))
        return _of_company(couriers.get_company(told.company))
    if told.shop_id is None:
        raise Refused(Refusal(code="DSP-NOBODY", what="没有写明投诉谁。", next_step="请从店铺或者寄递企业的页面进入。"))
    if told.institution:
        couriers.get_company(told.institution, kind="payment")
    return _of_shop(told.shop_id, told.order)


def find_company_code(code: str) -> str:
    """Return the code of the courier company whose page an address names, or ""."""
    named = _COMPANY.search(code)
    return named.group(1) if named else ""


def institutions() -> list[Company]:
    """Return the payment institutions that somebody may have paid through, by name."""
    return couriers.list_companies("payment")


def authority_for(body: str) -> str:
    """Return the market regulator of the place of a platform (TS 12), else the credit office over it, else refuse."""
    place = access.get_body(body).area
    regulators = {one.code: one.area for one in access.list_bodies() if field_of_work() in one.fields_of_work}
    found = nearest(regulators, place) or casework.supervisor_of(body)
    if found:
        return found
    raise Refused(
        Refusal(
            code="DSP-NO-AUTHORITY",
            what="平台上没有这家店铺所在地的市场监管部门。",
            next_step="请直接拨打12315，或者在全国12315平台投诉。",
            basis=("TS/12",),
        )
    )


def _of_shop(shop_id: UUID, order: str) -> Respondent:
    shop = market.get_shop(shop_id)
    found = reviews.match_trade(order) if order else None
    return Respondent(
        procedure=PROCEDURE,
        body=shop.platform,
        authority=authority_for(shop.platform),
        number=shop.number,
        subject_id=shop.subject_id,
        shop_id=shop.id,
        trade_id=found.trade_id if found is not None and found.shop_id == shop.id else None,
    )


def _of_company(company: Company) -> Respondent:
    """A company whose people act for no body answers as the operator; until then its authority holds the case."""
    return Respondent(
        procedure=COURIER,
        body=company.body,
        authority=company.authority,
        number=company.uscc,
        subject_id=company.subject_id,
    )
