"""Read leads: the authority its own, a merchant those opened to it, a platform what it reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.leads import models
from chengxin.leads.contracts import Answer, Filed, Held, Lead, Outcome, Precision, Tie
from chengxin.leads.keeping import finding_of, ties_of
from chengxin.market import facade as market
from chengxin.market.contracts import FILING

HANDLING: Final = "lead_handling"
SELF: Final = "own_archive"


def is_customs(body: str) -> bool:
    """Tell whether a body is a customs authority, whose page of leads (跨境三单) no other opens."""
    found = access.find_body(body) if body else None
    return found is not None and "customs" in found.fields_of_work


def absent() -> Refusal:
    """Return the refusal that tells neither that a lead exists nor that it does not."""
    return Refusal(code="ABSENT", what="没有找到这条线索。", next_step="请核对网址。")


def list_of_body(
    actor: Actor, *, now: datetime, is_open: bool, limit: int = 20, offset: int = 0
) -> list[tuple[Lead, Case]]:
    """Return the leads an authority looks into with their cases: open ones by the nearest deadline, else the newest."""
    _require_handler(actor, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=HANDLING):
        rows = list(models.Lead.objects.order_by("-opened_at", "-id"))
        cases = casework.find_cases_by_number([row.case_number for row in rows])
        found = [(row, cases[row.case_number]) for row in rows if cases[row.case_number].is_closed is not is_open]
        if is_open:
            found.sort(key=lambda one: (one[1].due_on is None, one[1].due_on, one[1].number))
        return [(lead_of(row), case) for row, case in found[offset : offset + limit]]


def count_of_body(actor: Actor, *, now: datetime) -> tuple[int, int]:
    """Return how many leads of an authority are open, and how many ended."""
    _require_handler(actor, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=HANDLING):
        every = models.Lead.objects.count()
        ended = models.Finding.objects.exclude(outcome="").values("lead_id").distinct().count()
    return every - ended, ended


def get_for_handler(actor: Actor, lead_id: UUID, *, now: datetime) -> Lead:
    """Return a lead of the authority somebody works for, or refuse as absent."""
    _require_handler(actor, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=HANDLING):
        row = models.Lead.objects.filter(id=lead_id).first()
        if row is None:
            raise Refused(absent())
        return lead_of(row)


def find_in_context(lead_id: UUID) -> Lead | None:
    """Return a lead; inside the context of whoever asks."""
    row = models.Lead.objects.filter(id=lead_id).first()
    return lead_of(row) if row else None


def list_held(lead_id: UUID) -> list[Held]:
    """Return the findings of a lead with how many accounts are behind each; inside the context of whoever asks.

    What retention has emptied is not among them.
    """
    kept = models.Finding.objects.filter(lead_id=lead_id, destroyed_at__isnull=True)
    rows = list(kept.order_by("family", "rule", "id"))
    rings = {ring.finding_id: ring for ring in models.Ring.objects.filter(finding_id__in=[row.id for row in rows])}
    behind = {row.id: set(rings[row.id].accounts) if row.id in rings else set() for row in rows}
    return [
        Held(
            id=row.id,
            finding=finding_of(row, ties_of(rings[row.id]) if row.id in rings else ()),
            lead_id=row.lead_id,
            taken_at=row.taken_at,
            outcome=Outcome(row.outcome),
            reference=row.reference,
            grade=row.substance,
            accounts=len(behind[row.id]),
            others=len(behind[row.id] & {one for other in rows if other.kind != row.kind for one in behind[other.id]}),
            omitted=rings[row.id].omitted if row.id in rings else 0,
        )
        for row in rows
    ]


def list_ties(held: Sequence[Held]) -> list[Tie]:
    """Return the orders of the largest ring among some findings."""
    by_size = sorted(held, key=lambda one: len(one.finding.ties))
    return list(by_size[-1].finding.ties) if by_size else []


def list_answers(lead_id: UUID) -> list[Answer]:
    """Return what a merchant said, the oldest first; inside the context of whoever asks."""
    return [
        Answer(text=row.text, at=row.at)
        for row in models.Answer.objects.filter(lead_id=lead_id, destroyed_at__isnull=True).order_by("at", "id")
    ]


def list_own(actor: Actor, *, now: datetime) -> list[Lead]:
    """Return the leads that were opened to the operator somebody signs in for."""
    require_own(actor, now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=SELF):
        return [lead_of(row) for row in models.Lead.objects.order_by("-shown_at", "-id")[:50]]


def get_own(actor: Actor, lead_id: UUID, *, now: datetime) -> tuple[Lead, list[Held], list[Answer]]:
    """Return one of them with its findings, without anybody behind them, and what was said."""
    require_own(actor, now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=SELF):
        lead = find_in_context(lead_id)
        if lead is None:
            raise Refused(absent())
        return lead, list_held(lead_id), list_answers(lead_id)


def get_report(actor: Actor, reference: str, *, now: datetime) -> Filed:
    """Return what came of a platform's own report."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=FILING):
        body = market.platform_of(actor, now=now).body
        row = models.Finding.objects.filter(platform=body, reference=reference).first()
    if row is None or not reference:
        raise Refused(absent())
    return filed_of(row)


def list_reports(actor: Actor, *, now: datetime, limit: int = 50) -> list[Filed]:
    """Return what one's platform reported with what came of it, the newest first."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=FILING):
        body = market.platform_of(actor, now=now).body
        rows = models.Finding.objects.filter(platform=body).exclude(reference="").order_by("-taken_at", "-id")
        return [filed_of(row) for row in rows[:limit]]


def list_precision(actor: Actor, *, now: datetime) -> list[Precision]:
    """Return how the leads each rule pointed at ended, in the authority somebody works for."""
    _require_handler(actor, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=HANDLING):
        told = models.Finding.objects.filter(lead__isnull=False).values_list("family", "rule", "outcome", "lead_id")
        counted = Counter((family, rule, outcome) for family, rule, outcome, _lead in set(told))
    return [
        Precision(
            family=family,
            rule=rule,
            founded=counted[family, rule, Outcome.FOUNDED.value],
            unfounded=counted[family, rule, Outcome.UNFOUNDED.value],
            expired=counted[family, rule, Outcome.EXPIRED.value],
            waiting=counted[family, rule, Outcome.OPEN.value],
        )
        for family, rule in sorted({(family, rule) for family, rule, _outcome in counted})
    ]


def require_own(actor: Actor, *, now: datetime) -> None:
    """Refuse whoever does not sign in for an operator or a person."""
    if actor.subject_id is None:
        raise Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="请用店铺的账户登录。"))
    resource = Resource(kind="lead", subject_id=actor.subject_id)
    access.require(actor, action="lead.answer", resource=resource, purpose=SELF, now=now)


def filed_of(row: models.Finding) -> Filed:
    """Return a platform's report as it reads it: `outcome` is the result code that is fed back."""
    outcome = Outcome(row.outcome)
    state = "done" if outcome is not Outcome.OPEN else "checking"
    return Filed(
        shop=row.shop_number,
        behaviour=row.rule,
        reference=row.reference,
        grade=row.substance,
        state=state,
        outcome=outcome,
        filed_at=row.taken_at,
    )


def lead_of(row: models.Lead) -> Lead:
    """Return a lead as other packages see it."""
    ended = models.Finding.objects.filter(lead_id=row.id).exclude(outcome="").values_list("outcome", flat=True).first()
    shop = market.shop_in_context(row.shop_id)
    return Lead(
        id=row.id,
        platform=row.platform,
        shop_id=row.shop_id,
        shop_name=shop.title or shop.number,
        subject_id=row.subject_id,
        body=row.body,
        first_day=row.first_day,
        end_day=row.end_day,
        opened_at=row.opened_at,
        case_id=row.case_id,
        case_number=row.case_number,
        shown_at=row.shown_at,
        answer_by=row.answer_by,
        determination=row.determination_id,
        outcome=Outcome(ended or ""),
        destroyed_at=row.destroyed_at,
        is_harmed=row.is_harmed,
    )


def _require_handler(actor: Actor, *, now: datetime) -> None:
    resource = Resource(kind="lead", body=actor.body)
    access.require(actor, action="lead.read", resource=resource, purpose=HANDLING, now=now)
