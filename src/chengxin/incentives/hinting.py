"""Hints for an officer who handles a matter of an operator: from public lines, and the officer says why not."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.archives import facade as archives
from chengxin.archives.contracts import PublicSubject
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.database.contracts import Channel
from chengxin.incentives import models
from chengxin.incentives.contracts import Choice, Hint, Occasion
from chengxin.incentives.tables import hints
from chengxin.kernel.actor import Actor
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.measures import facade as measures
from chengxin.ui.facade import in_language

PURPOSE: Final = "incentive_review"


def hints_for(
    actor: Actor, uscc: str, *, now: datetime, occasion: Occasion | None = None
) -> tuple[PublicSubject, list[Hint]]:
    """Return an operator with the hints its public lines give reason for; none is no ground for anything.

    What a measure that the officer's own body applies excludes is not offered.
    """
    _may(actor, now=now)
    found = archives.find_public_subject(uscc, actor=actor, now=now)
    if found is None:
        raise Refused(Refusal(code="ABSENT", what="没有找到这个主体。", next_step="请核对统一社会信用代码。"))
    applied = {one.measure for one in measures.list_standing_about(actor, found.subject_id)}
    offered = []
    for row in hints():
        if row.get("unless") in applied or (occasion is not None and occasion not in row["occasions"]):
            continue
        because = tuple(
            dict.fromkeys(line.title or line.kind for line in found.lines if line.item_code in row["items"])
        )
        if because:
            offered.append(
                Hint(
                    code=row["code"],
                    title=in_language(*row["title"]),
                    text=in_language(*row["text"]),
                    basis=tuple(row["basis"]),
                    because=because,
                )
            )
    return found, offered


def choose(
    actor: Actor, uscc: str, *, matter: str, hint: str, reasons: str, now: datetime, occasion: Occasion | None = None
) -> None:
    """Keep what the officer did with a hint: used when no reasons are given, not used for the reasons given."""
    found, offered = hints_for(actor, uscc, now=now, occasion=occasion)
    if hint not in {one.code for one in offered}:
        raise Refused(Refusal(code="INC-NO-HINT", what="这个主体现在没有这项提示。", next_step="请刷新后再看。"))
    if not matter.strip():
        raise Refused(Refusal(code="INC-MATTER", what="请写办理事项的编号。", field="matter"))
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        _made, is_new = models.Choice.objects.get_or_create(
            body=actor.body,
            matter=matter.strip()[:80],
            subject_id=found.subject_id,
            hint=hint,
            defaults={
                "id": new_id(now),
                "is_used": not reasons.strip(),
                "reasons": reasons.strip()[:300],
                "at": now,
                "actor_key": actor.key,
            },
        )
        if is_new:
            event = Event(kind=Kind.DECIDE, actor=actor, at=now, purpose=PURPOSE, channel=Channel.BODY, reference=hint)
            audit.record_event(event)


def choices_of(actor: Actor, subject_id: UUID, *, now: datetime) -> list[Choice]:
    """Return what officers of the body did with hints for an operator, the newest first."""
    _may(actor, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        rows = models.Choice.objects.filter(subject_id=subject_id).order_by("-id")[:20]
        return [
            Choice(matter=row.matter, hint=row.hint, is_used=row.is_used, reasons=row.reasons, at=row.at)
            for row in rows
        ]


def _may(actor: Actor, *, now: datetime) -> None:
    resource = Resource(kind="incentive", body=actor.body)
    access.require(actor, action="incentive.read", resource=resource, purpose=PURPOSE, now=now)
