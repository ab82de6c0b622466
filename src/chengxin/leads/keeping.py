"""Findings as rows of the tables and back; an account is hashed once more here, a lake's hash goes no further."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from chengxin.crypto import facade as crypto
from chengxin.kernel.ids import new_id
from chengxin.leads import models
from chengxin.leads.contracts import Finding, Row, Tie

MOST_EDGES: Final = 2000


def keep(finding: Finding, *, shop_id: UUID, now: datetime, reference: str = "", grade: str = "") -> models.Finding:
    """Write a finding as a note."""
    row = models.Finding.objects.create(
        id=new_id(now),
        platform=finding.platform,
        shop_id=shop_id,
        shop_number=finding.shop,
        family=finding.family,
        rule=finding.rule,
        kind=finding.kind,
        first_day=finding.first_day,
        end_day=finding.end_day,
        rows=[{"day": one.day.isoformat(), "order": one.order, "values": dict(one.values)} for one in finding.rows],
        values=dict(finding.values),
        limits=dict(finding.limits),
        honest_per_10000=finding.honest_per_10000,
        says=list(finding.says),
        clears=list(finding.clears),
        model=finding.model,
        taken_at=now,
        reference=reference,
        substance=grade,
    )
    if finding.ties:
        _keep_ring(row, finding)
    return row


def finding_of(row: models.Finding, ties: Sequence[Tie] = ()) -> Finding:
    """Return a kept finding."""
    return Finding(
        platform=row.platform,
        shop=row.shop_number,
        family=row.family,
        rule=row.rule,
        kind=row.kind,
        first_day=row.first_day,
        end_day=row.end_day,
        rows=[_row(one) for one in row.rows],
        values=row.values,
        limits=row.limits,
        honest_per_10000=row.honest_per_10000,
        says=(row.says[0], row.says[1]),
        clears=(row.clears[0], row.clears[1]),
        model=row.model,
        ties=ties,
    )


def tagged(platform: str, ties: Sequence[Tie]) -> list[Tie]:
    """Return ties whose accounts are the keyed hashes of this package."""
    accounts = sorted({tie.account for tie in ties})
    tags = crypto.blind_many("leads_ring.accounts", [f"{platform}|{one}" for one in accounts])
    names = dict(zip(accounts, (tag.hex() for tag in tags), strict=True))
    return [Tie(account=names[tie.account], shop=tie.shop, day=tie.day) for tie in ties]


def ties_of(ring: models.Ring) -> list[Tie]:
    """Return the orders of a ring."""
    return [
        Tie(account=ring.accounts[place], shop=shop, day=date.fromisoformat(day)) for place, shop, day in ring.edges
    ]


def _keep_ring(row: models.Finding, finding: Finding) -> None:
    accounts = sorted({tie.account for tie in finding.ties})
    place = {account: number for number, account in enumerate(accounts)}
    edges = sorted((place[tie.account], tie.shop, tie.day.isoformat()) for tie in finding.ties)
    models.Ring.objects.create(
        finding_id=row.id,
        accounts=accounts,
        edges=edges[:MOST_EDGES],
        omitted=max(0, len(edges) - MOST_EDGES),
    )


def _row(said: Mapping[str, Any]) -> Row:
    return Row(day=date.fromisoformat(said["day"]), order=said["order"], values=said["values"])
