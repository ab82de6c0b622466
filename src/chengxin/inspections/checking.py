"""Checks of pages and prices (核查): what is pointed at becomes a note or a lead, never a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.database.contracts import Channel
from chengxin.inspections import disclosing, models, pricing
from chengxin.inspections.disclosing import Looked
from chengxin.inspections.pricing import Comparison
from chengxin.inspections.queries import PURPOSE, VIEWING
from chengxin.inspections.rules import LAW, why_not_regulator
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, refuse_if
from chengxin.leads import facade as leads
from chengxin.leads.contracts import Finding, Row, Taken
from chengxin.market import facade as market

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Bulletin:
    """What price checks of a platform's shops came to (价格行为信息): comparisons looked at, pointed at; no shop."""

    platform: str
    checks: int
    looked: int
    pointed: int
    newest: date


def check_prices(actor: Actor, text: str, *, platform: str, now: datetime) -> tuple[list[Comparison], Taken | None]:
    """Check the former prices of a series (原价核查); a platform checks its own for itself and nothing is kept."""
    is_self = _require(actor, platform, now=now)
    found = pricing.comparisons(pricing.read_series(text))
    if is_self:
        return found, None
    above: dict[str, list[Comparison]] = {}
    for one in found:
        if one.is_above:
            above.setdefault(one.shop, []).append(one)
    taken = leads.take([_price_finding(platform, shop, above[shop]) for shop in sorted(above)], now=now)
    _note(actor, "price", platform, looked=len(found), pointed=sum(map(len, above.values())), now=now)
    return found, taken


def check_page(
    actor: Actor, source: str, *, page: str, platform: str, shop: str, copied_on: date, now: datetime
) -> tuple[Looked, Taken | None]:
    """Check a static copy of a page (公示核查); a platform checks its own for itself, and nothing is kept."""
    is_self = _require(actor, platform, now=now)
    refuse_if(_why_not_page(page, copied_on, today=legal_day(now)))
    looked = disclosing.look(source, page=page)
    if is_self:
        return looked, None
    findings = [_page_finding(platform, shop, looked, copied_on)] if looked.missing else []
    taken = leads.take(findings, now=now)
    _note(actor, "page", platform, looked=len(looked.asked), pointed=len(looked.missing), now=now)
    return looked, taken


def list_bulletin() -> list[Bulletin]:
    """Return what price checks came to, by platform: counts alone."""
    found: dict[str, list[models.Check]] = {}
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        for row in models.Check.objects.filter(kind="price").order_by("platform", "id"):
            found.setdefault(row.platform, []).append(row)
    return [
        Bulletin(
            platform=platform,
            checks=len(rows),
            looked=sum(row.looked for row in rows),
            pointed=sum(row.pointed for row in rows),
            newest=max(row.on for row in rows),
        )
        for platform, rows in found.items()
    ]


def _require(actor: Actor, platform: str, *, now: datetime) -> bool:
    """Refuse who may not check this platform; tell whether it checks itself."""
    market.get_platform(platform)
    resource = Resource(kind="inspection", body=actor.body)
    access.require(actor, action="inspection.check", resource=resource, purpose=PURPOSE, now=now)
    if actor.body == platform:
        return True
    refuse_if(why_not_regulator(access.get_body(actor.body)))
    return False


def _price_finding(platform: str, shop: str, above: Sequence[Comparison]) -> Finding:
    first, last = min(one.began_on for one in above), max(one.began_on for one in above)
    return leads.declared(
        "price",
        "former_price",
        platform=platform,
        shop=shop,
        first_day=first,
        end_day=last + _DAY,
        rows=[
            Row(
                day=one.began_on,
                values={
                    "goods": one.goods,
                    "was_fen": one.was_fen,
                    "base_fen": one.base_fen,
                    "base_on": one.base_on.isoformat() if one.base_on else None,
                },
            )
            for one in above
        ],
        values={"comparisons": len(above)},
        limits={"days": LAW.value("price.comparison", on=first).number},
        model=pricing.MODEL,
    )


def _page_finding(platform: str, shop: str, looked: Looked, copied_on: date) -> Finding:
    clears = [one.clears for one in looked.missing]
    return leads.declared(
        "disclosure",
        "missing",
        platform=platform,
        shop=shop,
        first_day=copied_on,
        end_day=copied_on + _DAY,
        rows=[
            Row(day=copied_on, order=f"page:{one.code}", values={"item": one.title.zh, "copy": looked.page[:16]})
            for one in looked.missing
        ],
        values={"missing": len(looked.missing), "asked": len(looked.asked)},
        clears=("；".join(one.zh for one in clears), "; ".join(one.en for one in clears)),
        model=disclosing.MODEL,
    )


def _note(actor: Actor, kind: str, platform: str, *, looked: int, pointed: int, now: datetime) -> None:
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        models.Check.objects.create(
            id=new_id(now),
            kind=kind,
            platform=platform,
            body=actor.body,
            on=legal_day(now),
            looked=looked,
            pointed=pointed,
        )


def _why_not_page(page: str, copied_on: date, *, today: date) -> Refusal | None:
    pages = {one.page for one in disclosing.disclosures().values()}
    if page in pages and copied_on <= today:
        return None
    return Refusal(
        code="IN-PAGE",
        what="页面的种类或者保存日期不对。",
        next_step="选择页面的种类；保存日期不能晚于今天。",
        field="page",
    )
