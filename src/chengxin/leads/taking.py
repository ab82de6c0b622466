"""Take findings in: note what is new, and make a lead where two that are independent agree (线索).

Opening a case is all that follows: nothing here writes to a shop, a reputation, a list or a record.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Body
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import platform
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.leads import models
from chengxin.leads.contracts import Finding, Taken
from chengxin.leads.families import families, field_for, is_harmed
from chengxin.leads.keeping import finding_of, keep, tagged, ties_of
from chengxin.leads.rules import agree, groups, is_same, notes_meet, why_not_finding
from chengxin.market import facade as market
from chengxin.market.contracts import Seller, Shop, Standing

DETECTOR: Final = platform("leads")
DETECTION: Final = "lead_detection"
ITEM: Final = "ecommerce_violation"


def take(findings: Iterable[Finding], *, now: datetime) -> Taken:
    """Take findings of detection; the same again changes nothing, and what is not whole is set aside and counted."""
    aside: Counter[str] = Counter()
    by_shop: dict[UUID, list[Finding]] = defaultdict(list)
    shops: dict[UUID, Shop] = {}
    with access.acting_for(DETECTOR, channel=Channel.JOB, purpose=DETECTION), transaction.atomic():
        for finding in findings:
            shop = market.find_shop(finding.platform, finding.shop)
            if reason := _why_aside(finding, shop):
                aside[reason] += 1
            elif shop is not None:
                shops[shop.id] = shop
                by_shop[shop.id].append(finding)
        told = [take_about(shops[shop], by_shop[shop], now=now) for shop in sorted(by_shop)]
        new, known = sum(one[0] for one in told), sum(one[1] for one in told)
        opened = [number for one in told for number in one[2]]
        if new:
            _record("finding", count=new, now=now)
    return Taken(new=new, known=known, aside=dict(aside), opened=opened, joined=sum(one[3] for one in told))


def take_about(shop: Shop, findings: Sequence[Finding], *, now: datetime) -> tuple[int, int, list[str], int]:
    """Note the findings about one shop and form its leads: how many are new, known, which cases, how many joined."""
    since = now - notes_meet(legal_day(now))
    recent = models.Finding.objects.filter(shop_id=shop.id, taken_at__gte=since, destroyed_at__isnull=True)
    held = [(row, _whole(row)) for row in recent.select_for_update().order_by("taken_at", "id")]
    new = 0
    for finding in findings:
        told = replace(finding, ties=tagged(finding.platform, finding.ties))
        if any(is_same(told, other) for _row, other in held):
            continue
        held.append((keep(told, shop_id=shop.id, now=now), told))
        new += 1
    joined = _join(held)
    notes = [(row, finding) for row, finding in held if row.lead_id is None]
    chosen = groups([finding for _row, finding in notes], families())
    formed = [[notes[place] for place in group] for group in chosen]
    opened = [_open(shop, group, body, now=now).number for group in formed if (body := _handler(shop, group, now=now))]
    return new, len(findings) - new, opened, joined


def authority_of(shop: Shop, *, now: datetime) -> str:
    """Return who looks into a lead: of those who may find the violation, the nearest over the operator's place.

    The place is the one that registered the operator, which its code names; without such an authority the credit
    office over the platform.
    """
    over = [access.get_body(code) for code in access.source_bodies(ITEM, on=legal_day(now))]
    return _nearest(shop, over) or casework.supervisor_of(shop.platform)


def _nearest(shop: Shop, bodies: Sequence[Body]) -> str:
    """Return the body nearest over the place that registered a shop's operator, or nothing."""
    over = [body for body in bodies if access.covers(body.area, shop.uscc[2:8])]
    return max(over, key=lambda body: (len(body.area), body.code)).code if over else ""


def _handler(shop: Shop, group: Sequence[tuple[models.Finding, Finding]], *, now: datetime) -> str:
    """Return who looks into a group: the authority of its field over the place, or nobody where there is none."""
    (field,) = {field_for(finding.family) for _row, finding in group}
    if not field:
        return authority_of(shop, now=now)
    return _nearest(shop, [body for body in access.list_bodies() if field in body.fields_of_work])


def _why_aside(finding: Finding, shop: Shop | None) -> str:
    if why_not_finding(finding, families()) is not None:
        return "incomplete"
    if shop is None:
        return "shop_unknown"
    # An individual is no operator: no lead names one, and nothing about one is kept.
    if shop.seller is not Seller.OPERATOR:
        return "individual"
    return "" if shop.standing is Standing.AGREES and shop.subject_id is not None else "operator_unknown"


def _join(held: Sequence[tuple[models.Finding, Finding]]) -> int:
    """Put notes under the open lead they agree with; return how many."""
    standing = [(row, finding) for row, finding in held if row.lead_id is not None and not row.outcome]
    joined = 0
    for row, finding in held:
        under = next((lead.lead_id for lead, found in standing if agree(finding, found)), None)
        if row.lead_id is not None or under is None:
            continue
        row.lead_id = under
        row.save(update_fields=["lead_id"])
        lead = models.Lead.objects.select_for_update().get(id=under)
        lead.first_day, lead.end_day = min(lead.first_day, row.first_day), max(lead.end_day, row.end_day)
        lead.save(update_fields=["first_day", "end_day"])
        joined += 1
    return joined


def _open(shop: Shop, found: Sequence[tuple[models.Finding, Finding]], body: str, *, now: datetime) -> Case:
    lead_id = new_id(now)
    case = casework.open_case(
        "lead",
        ref=Ref(kind="lead", id=str(lead_id)),
        body=body,
        opened_by=DETECTOR,
        facts={
            "rules": sorted({row.rule for row, _finding in found}),
            "findings": len(found),
            "shop": shop.number,
            # An authority that alone sees a family reads it here and acts by its own law (E4.2d).
            "read_only": any(field_for(row.family) for row, _finding in found),
        },
        now=now,
    )
    assert shop.subject_id is not None
    models.Lead.objects.create(
        id=lead_id,
        platform=shop.platform,
        shop_id=shop.id,
        subject_id=shop.subject_id,
        body=body,
        first_day=min(row.first_day for row, _finding in found),
        end_day=max(row.end_day for row, _finding in found),
        is_harmed=any(is_harmed(row.family) for row, _finding in found),
        opened_at=now,
        case_id=case.id,
        case_number=case.number,
    )
    for row, _finding in found:
        row.lead_id = lead_id
        row.save(update_fields=["lead_id"])
    return case


def _whole(row: models.Finding) -> Finding:
    ring = models.Ring.objects.filter(finding_id=row.id).first()
    return finding_of(row, ties_of(ring) if ring else ())


def _record(what: str, *, count: int, now: datetime) -> None:
    record_event(
        Event(
            kind=Kind.FILE,
            actor=DETECTOR,
            at=now,
            purpose=DETECTION,
            channel=Channel.JOB,
            reference="",
            categories=(f"lead.{what}",),
            count=count,
        )
    )
