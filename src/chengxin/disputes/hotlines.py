"""Sheets of the hotlines 12345, 12315 and 12318 (热线工单): each taken once, one caller and shop one complaint."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.disputes import models
from chengxin.disputes.actions import caller_of, receive
from chengxin.disputes.contracts import Contact, Filed, Reported, Sheet, Told
from chengxin.disputes.locking import wait_turn
from chengxin.disputes.queries import sources_of
from chengxin.disputes.reaching import CONSUMER, HANDLING
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.law import facade as law
from chengxin.market import facade as market

LAW: Final = law.beside(__file__)
HOTLINES: Final = ("12345", "12315", "12318")
AT_ONCE: Final = 500


def file_sheets(actor: Actor, sheets: Sequence[Sheet], *, now: datetime) -> list[Filed]:
    """Take sheets of hotlines (热线工单): one filed before is answered as it was, the same call becomes one case."""
    if len(sheets) > AT_ONCE:
        raise Refused(Refusal(code="DSP-MANY", what="一次最多报送500张工单。", next_step="请分批报送。"))
    with access.acting_for(actor, channel=Channel.BODY, purpose=HANDLING):
        resource = Resource(kind="dispute", body=actor.body)
        access.require(actor, action="dispute.file_sheet", resource=resource, purpose=HANDLING, now=now)
    return [_file(actor, one, now=now) for one in sheets]


def _file(actor: Actor, sheet: Sheet, *, now: datetime) -> Filed:
    if sheet.hotline not in HOTLINES or sheet.at > now:
        return Filed(sheet=sheet.number, refusal=_no_such_sheet())
    try:
        with transaction.atomic():
            return _take(actor, sheet, now=now)
    except Refused as refused:
        return Filed(sheet=sheet.number, refusal=refused.refusal)


def _take(actor: Actor, sheet: Sheet, *, now: datetime) -> Filed:
    with access.acting_for(CONSUMER, channel=Channel.JOB, purpose=HANDLING):
        wait_turn("disputes_source")
        before = models.Source.objects.filter(hotline=sheet.hotline, sheet=sheet.number).first()
        if before is not None:
            return Filed(sheet=sheet.number, number=_number(before))
        shop = market.find_shop(sheet.platform, sheet.shop)
        if shop is None:
            return Filed(sheet=sheet.number, refusal=_no_such_shop())
        same = _same(shop.id, sheet)
    contact = Contact(phone=sheet.phone)
    told = Told(shop_id=shop.id, matter=sheet.matter, asks=sheet.asks, text=sheet.text, contact=contact)
    number = same or receive(told, now=now).number
    with access.acting_for(CONSUMER, channel=Channel.JOB, purpose=HANDLING):
        _write(actor, sheet, number, now=now)
    return Filed(sheet=sheet.number, number=number, is_new=not same)


def list_reported(actor: Actor, *, limit: int = 50) -> list[Reported]:
    """Return the complaints whose sheets somebody filed, the newest first, each with the sheets of every hotline."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=HANDLING):
        mine = models.Source.objects.filter(filed_by=actor.key).order_by("-id").values_list("dispute_id", flat=True)
        told = list(dict.fromkeys(mine[:AT_ONCE]))[:limit]
    with access.acting_for(CONSUMER, channel=Channel.JOB, purpose=HANDLING):
        rows = {row.id: row for row in models.Dispute.objects.filter(id__in=told).order_by("id")}
        cases = casework.find_cases_by_number([row.number for row in rows.values()])
        sources = sources_of(told)
    return [
        Reported(
            number=rows[one].number,
            shop_id=rows[one].shop_id,
            case=cases[rows[one].number],
            sources=tuple(sources[one]),
        )
        for one in told
    ]


def _no_such_sheet() -> Refusal:
    return Refusal(
        code="DSP-SHEET",
        what="不是三条热线的工单，或者来电时间在以后。",
        why="这里只收12345、12315、12318的工单。",
        next_step="请核对热线和来电时间再报。",
        field="hotline",
    )


def _no_such_shop() -> Refusal:
    return Refusal(
        code="DSP-NO-SHOP",
        what="这个平台没有报送过这个编号的店铺。",
        next_step="请核对平台和店铺编号；店铺不在登记的平台上的，按原来的渠道转办。",
        field="shop",
    )


def _same(shop_id: UUID, sheet: Sheet) -> str:
    """Return the open complaint of the same caller about the same shop; never that of another number."""
    caller = caller_of(sheet.phone)
    if caller is None:
        return ""
    days = timedelta(days=LAW.value("dispute.same", on=legal_day(sheet.at)).number)
    rows = models.Dispute.objects.filter(caller_tag=caller, shop_id=shop_id, received_at__gte=sheet.at - days)
    numbers = list(rows.order_by("-id").values_list("number", flat=True))
    cases = casework.find_cases_by_number(numbers)
    return next((number for number in numbers if not cases[number].is_closed), "")


def _write(actor: Actor, sheet: Sheet, number: str, *, now: datetime) -> None:
    models.Source.objects.create(
        id=new_id(now),
        hotline=sheet.hotline,
        sheet=sheet.number,
        dispute=models.Dispute.objects.get(number=number),
        at=sheet.at,
        filed_at=now,
        filed_by=actor.key,
    )


def _number(source: models.Source) -> str:
    return models.Dispute.objects.values_list("number", flat=True).get(id=source.dispute_id)
