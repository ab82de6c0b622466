"""Read complaints: the consumer by the code, the shop and the bodies concerned theirs, everybody the figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Deadline, Step, Words
from chengxin.complaints import facade as tips
from chengxin.database.contracts import Channel
from chengxin.disputes import models
from chengxin.disputes.contracts import Account, Dispute, Entry, Figures, Source, Terms
from chengxin.disputes.reaching import (
    BY_CODE,
    CONSUMER,
    HANDLING,
    absent,
    access_dispute,
    acting,
    by_code,
    require_handler,
)
from chengxin.disputes.rules import median, rate
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refused
from chengxin.law import facade as law
from chengxin.reviews import facade as reviews

LAW: Final = law.beside(__file__)
_AT_MOST: Final = 200
_ALIKE: Final = 5
_SOME_REASONS: Final = "理由"


def get_by_code(code: str) -> Dispute:
    """Return one's own complaint by its code, or refuse as if there were none."""
    row = by_code(code)
    with access.acting_for(CONSUMER, channel=Channel.JOB, purpose=HANDLING):
        return _disputes([row])[0]


def course_by_code(code: str, *, now: datetime) -> tuple[list[Step], list[Deadline]]:
    """Return the steps and the clocks of one's own complaint."""
    row = by_code(code)
    with access.acting_for(CONSUMER, channel=Channel.JOB, purpose=HANDLING):
        return _course(row.case_id, actor=CONSUMER, now=now)


def list_for(actor: Actor) -> list[Dispute]:
    """Return the complaints of one's own shops or of one's body, the open ones and the nearest deadline first."""
    with acting(actor):
        return sorted(_disputes(models.Dispute.objects.order_by("-id")[:_AT_MOST]), key=_nearest)


def list_handled(actor: Actor, shop_id: UUID, *, now: datetime) -> list[Dispute]:
    """Return the complaints about a shop that somebody may open, in the same order; read together, judged each."""
    with acting(actor):
        rows = models.Dispute.objects.filter(shop_id=shop_id).order_by("-id")[:_AT_MOST]
        return sorted((one for one in _disputes(rows) if _may_handle(actor, one, now=now)), key=_nearest)


def _may_handle(actor: Actor, found: Dispute, *, now: datetime) -> bool:
    try:
        require_handler(actor, found, found.case, now=now)
    except Refused:
        return False
    return True


def _nearest(one: Dispute) -> tuple[bool, bool, object, str]:
    return one.case.is_closed, one.case.due_on is None, one.case.due_on or 0, one.number


def get_for(actor: Actor, dispute_id: UUID, *, now: datetime) -> Dispute:
    """Return one complaint as the shop, its platform or the authority may read it, its words still sealed."""
    with acting(actor):
        found = _disputes([access_dispute(actor, dispute_id, now=now)])
    if not found:
        raise Refused(absent())
    return found[0]


def course_for(actor: Actor, dispute_id: UUID, *, now: datetime) -> tuple[list[Step], list[Deadline]]:
    """Return the steps and the clocks of a complaint: the same for both sides."""
    with acting(actor):
        row = access_dispute(actor, dispute_id, now=now)
        return _course(row.case_id, actor=actor, now=now)


def verbs_for(actor: Actor, dispute_id: UUID, *, now: datetime) -> dict[str, Words]:
    """Return what somebody may do with a complaint now, by verb."""
    with acting(actor):
        row = access_dispute(actor, dispute_id, now=now)
        verbs = casework.get_procedure(row.procedure).verbs
        return {
            code: verb.title
            for code, verb in verbs.items()
            if casework.why_not_take(row.case_id, verb=code, actor=actor, reasons=_SOME_REASONS) is None
        }


def verbs_by_code(found: Dispute) -> frozenset[str]:
    """Return what the consumer may do by the code now; there is nothing to agree to before something is offered."""
    verbs = casework.get_procedure(found.procedure).verbs
    may = {code for code in BY_CODE & set(verbs) if found.case.state in verbs[code].from_states}
    return frozenset(may if found.terms and found.terms[-1].what else may - {"agree"})


def list_alike(actor: Actor, dispute_id: UUID, *, now: datetime) -> list[Dispute]:
    """Return other complaints of one's body that may tell of the same (疑似同一件事): an officer looks and joins."""
    days = timedelta(days=LAW.value("dispute.same", on=legal_day(now)).number)
    with acting(actor):
        row = access_dispute(actor, dispute_id, now=now)
        near = {"received_at__gte": row.received_at - days, "received_at__lte": row.received_at + days}
        about = {"shop_id": row.shop_id, "subject_id": row.subject_id, "matter": row.matter}
        rows = models.Dispute.objects.filter(joined_to__isnull=True, **about, **near)
        found = _disputes(rows.exclude(id=row.id).order_by("received_at", "id")[:_ALIKE])
    return [one for one in found if one.case.body == actor.body and not one.case.is_closed]


def list_joined(actor: Actor, dispute_id: UUID) -> list[str]:
    """Return the numbers of the complaints that are handled together with one."""
    with acting(actor):
        rows = models.Dispute.objects.filter(joined_to=dispute_id).order_by("number")
        return list(rows.values_list("number", flat=True))


def figures(shop_id: UUID, *, now: datetime) -> Figures:
    """Return how a shop deals with complaints: numbers only, and no rate below the floor of orders."""
    on = legal_day(now)
    days, floor = LAW.value("dispute.window", on=on).number, LAW.value("dispute.floor", on=on).number
    since = now - timedelta(days=days)
    with access.acting_for(CONSUMER, channel=Channel.JOB, purpose=HANDLING):
        numbers = _within(shop_id, since, now)
        cases = casework.find_cases_by_number(numbers)
        waited = [one for one in (_answer_days(case) for case in cases.values()) if one is not None]
    orders = reviews.count_trades(shop_id, since=since, until=now)
    return Figures(
        days=days,
        complaints=len(numbers),
        orders=orders,
        per_10000=rate(len(numbers), orders, floor=floor),
        closed=sum(case.is_closed for case in cases.values()),
        settled=sum(case.state == "settled" for case in cases.values()),
        median_days=median(waited),
    )


def list_accounts(shop_id: UUID, *, limit: int = 3) -> list[Account]:
    """Return the newest accounts that their consumers let be read, of complaints that have ended."""
    with access.acting_for(CONSUMER, channel=Channel.JOB, purpose=HANDLING):
        rows = list(models.Dispute.objects.filter(shop_id=shop_id).exclude(public_text="").order_by("-id")[:_AT_MOST])
        cases = casework.find_cases_by_number([row.number for row in rows])
    return [
        Account(
            on=legal_day(row.received_at),
            matter=row.matter,
            text=row.public_text,
            reply=row.public_reply,
            state=cases[row.number].state,
        )
        for row in rows
        if cases[row.number].is_closed
    ][:limit]


def _within(shop_id: UUID, since: datetime, until: datetime) -> list[str]:
    rows = models.Dispute.objects.filter(shop_id=shop_id, received_at__gt=since, received_at__lte=until)
    return list(rows.order_by("id").values_list("number", flat=True))


def _answer_days(case: Case) -> int | None:
    """Return the days until the shop answered; None while it has not, or never did."""
    steps = casework.timeline(case.id, actor=CONSUMER)
    answered = next((step.at for step in steps if step.verb in {"answer", "answer_for"}), None)
    return (legal_day(answered) - legal_day(case.opened_at)).days if answered else None


def _course(case_id: UUID, *, actor: Actor, now: datetime) -> tuple[list[Step], list[Deadline]]:
    case = casework.access_case(case_id, actor=actor)
    # What staff say to colleagues is no part of what both sides read.
    steps = [replace(step, note="") for step in casework.timeline(case_id, actor=actor)]
    return steps, casework.deadlines_of(case, on=legal_day(now))


def _disputes(found: Iterable[models.Dispute]) -> list[Dispute]:
    kept = list(found)
    cases = casework.find_cases_by_number([row.number for row in kept])
    # A complaint is read with its case, never without.
    rows = [row for row in kept if row.number in cases]
    ids = [row.id for row in rows]
    entries, terms, sources = _entries(ids), _terms(ids), sources_of(ids)
    return [
        Dispute(
            id=row.id,
            number=row.number,
            case=cases[row.number],
            platform=row.platform,
            procedure=row.procedure,
            shop_id=row.shop_id,
            subject_id=row.subject_id,
            is_matched=row.trade_id is not None,
            matter=row.matter,
            asks=row.asks,
            asked_fen=row.asked_fen,
            has_contact=bool(row.contact),
            shares_contact=row.shares_contact,
            public_text=row.public_text,
            public_reply=row.public_reply,
            joined_to=row.joined_to,
            received_at=row.received_at,
            entries=tuple(entries[row.id]),
            terms=tuple(terms[row.id]),
            sources=tuple(sources[row.id]),
        )
        for row in rows
    ]


def _entries(ids: Sequence[UUID]) -> dict[UUID, list[Entry]]:
    found: dict[UUID, list[models.Entry]] = defaultdict(list)
    for row in models.Entry.objects.filter(dispute_id__in=ids).order_by("dispute_id", "place"):
        found[row.dispute_id].append(row)
    return {
        dispute_id: [
            Entry(place=row.place, at=row.at, digest=row.digest, is_paper=row.is_paper, shown=row.shown)
            for row in tips.once(rows)
        ]
        for dispute_id, rows in found.items()
    }


def _terms(ids: Sequence[UUID]) -> dict[UUID, list[Terms]]:
    found: dict[UUID, list[Terms]] = defaultdict(list)
    for row in models.Terms.objects.filter(dispute_id__in=ids).order_by("dispute_id", "place"):
        one = Terms(
            stage=row.stage, what=row.what, fen=row.fen, done_on=row.done_on, from_fund=row.from_fund, at=row.at
        )
        found[row.dispute_id].append(one)
    return found


def sources_of(ids: Sequence[UUID]) -> dict[UUID, list[Source]]:
    """Return the sheets of hotlines that tell of some complaints, inside the reader's context."""
    found: dict[UUID, list[Source]] = defaultdict(list)
    for row in models.Source.objects.filter(dispute_id__in=ids).order_by("dispute_id", "at", "id"):
        found[row.dispute_id].append(Source(hotline=row.hotline, sheet=row.sheet, at=row.at))
    return found
