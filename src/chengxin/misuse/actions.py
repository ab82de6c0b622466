"""Raise alerts with their cases, take explanations and declarations, draw and review samples."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from dateutil.relativedelta import relativedelta

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Ref
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, Role, platform
from chengxin.kernel.clock import legal_day
from chengxin.kernel.identifiers import IdentifierKind, NumberFault, check_number, compact, upgrade_id_no
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.misuse import models
from chengxin.misuse.contracts import MarkKind, SampleOutcome, Tempo
from chengxin.misuse.detection import find_alerts, find_hits
from chengxin.misuse.gathering import BEIJING, Look, frame_of, list_looks, tag_of
from chengxin.misuse.patterns import patterns
from chengxin.subjects import facade as subjects

DETECTOR: Final = platform("misuse")
HANDLING: Final = "misuse_handling"
DETECTION: Final = "misuse_detection"
SAMPLE_SHARE, SAMPLE_EACH = 0.01, 5
_FAST_BACK: Final = timedelta(hours=1)


def watch(*, tempo: Tempo, now: datetime) -> int:
    """Look for signs of one tempo and raise or extend alerts; return how many were raised."""
    chosen = patterns()
    back = _FAST_BACK if tempo is Tempo.FAST else timedelta(days=chosen.look_back_days)
    raised = 0
    with access.acting_for(DETECTOR, channel=Channel.JOB, purpose=DETECTION):
        looks = list_looks(since=now - back, until=now)
        hits = find_hits(frame_of(looks), chosen=chosen, among=[one for one in chosen.patterns if one.tempo is tempo])
        recent = hits.filter(hits["day"] > legal_day(now) - timedelta(days=chosen.window_days))
        for clerk in sorted(set(find_alerts(recent, chosen=chosen)["clerk"])):
            signs = recent.filter(recent["clerk"] == clerk)
            behind = [looks[row] for row in sorted(set(signs["row"]))]
            codes = sorted(set(signs["pattern"]))
            raised += _raise_or_join(behind, signs=codes, join_days=chosen.join_days, now=now)
    return raised


def count_day(day: date) -> int:
    """Write down how many looks of staff a legal day had, once, for the public counts."""
    begins = legal_start(day)
    with access.acting_for(DETECTOR, channel=Channel.JOB, purpose=DETECTION):
        looks = len(list_looks(since=begins, until=begins + timedelta(days=1)))
        models.Round.objects.bulk_create([models.Round(day=day, looks=looks)], ignore_conflicts=True)
    return looks


def explain(alert_id: UUID, *, actor: Actor, text: str, now: datetime) -> None:
    """Take the explanation of the member of staff whose looks they were (说明); it is heard before any finding.

    The alert names its account, and that is the right: who was frozen holds no role and is heard all the same.
    """
    if not 0 < len(text.strip()) <= 2000:
        raise Refused(
            Refusal(
                code="M-EXPLAIN",
                what="请写明查询的原因。",
                next_step="用几句话说明，不要写他人的姓名和号码。",
                field="text",
            )
        )
    with access.acting_for(actor, channel=Channel.BODY, purpose=HANDLING):
        row = models.Alert.objects.filter(id=alert_id, clerk_key=actor.key, explained_at__isnull=True).first()
        if row is None:
            raise Refused(_absent())
        row.explanation, row.explained_at = text.strip(), now
        row.save(update_fields=["explanation", "explained_at"])
        _record(actor, f"explain:{row.case_number}", now=now)


def appeal(alert_id: UUID, *, actor: Actor, text: str, now: datetime) -> None:
    """Appeal against a finding (申诉): the case goes to another than who proposed it."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=HANDLING):
        row = models.Alert.objects.filter(id=alert_id, clerk_key=actor.key).first()
    if row is None:
        raise Refused(_absent())
    with access.acting_for(DETECTOR, channel=Channel.JOB, purpose=DETECTION):
        casework.take(row.case_id, verb="appeal", actor=DETECTOR, reasons=text, now=now)


def declare(kind: MarkKind, subject_ids: Sequence[UUID], *, actor: Actor, now: datetime) -> None:
    """Declare subjects as one's own conflicts (回避), or as canaries; what is kept is a keyed hash, no list of kin."""
    require_marking(actor, now=now, kind=kind)
    rows = [
        models.Mark(
            tag=tag_of(kind, owner_key=actor.key, subject_id=subject_id), kind=kind, owner_key=actor.key, created_at=now
        )
        for subject_id in subject_ids
    ]
    with access.acting_for(actor, channel=Channel.BODY, purpose=HANDLING):
        models.Mark.objects.bulk_create(rows, ignore_conflicts=True)
        _record(actor, f"declare:{kind}", now=now, count=len(rows))


def declare_number(kind: MarkKind, number: str, *, actor: Actor, now: datetime) -> None:
    """Declare somebody by their identity number; who is not held is accepted alike, so nobody learns who is."""
    require_marking(actor, now=now, kind=kind)
    compacted = upgrade_id_no(compact(number))
    fault = check_number(compacted, kind=IdentifierKind.ID_NO)
    if fault is not NumberFault.NONE:
        raise Refused(Refusal(code=fault.code, what="{fault}。", field="number", values={"fault": fault.message}))
    with access.acting_for(DETECTOR, channel=Channel.JOB, purpose=DETECTION):
        subject = subjects.find_by_number(IdentifierKind.ID_NO, compacted)
    if subject is not None:
        declare(kind, [subject.id], actor=actor, now=now)


def require_marking(actor: Actor, *, now: datetime, kind: MarkKind = MarkKind.CANARY) -> None:
    """Refuse who may not mark canaries or declare conflicts."""
    action = "misuse.mark" if kind is MarkKind.CANARY else "misuse.answer"
    _require(actor, action, body=actor.body, area=actor.area, now=now)


def draw_sample(month: date, *, now: datetime) -> int:
    """Draw explained looks of a month by lot: one in a hundred and five of each clerk, for review by another unit."""
    begins = legal_start(month)
    ends = legal_start(month + relativedelta(months=1))
    lot = random.Random(f"misuse|{month}|{now.isoformat()}")  # noqa: S311 - a lot, no secret; its draw is on record
    with access.acting_for(DETECTOR, channel=Channel.JOB, purpose=DETECTION):
        if models.Sample.objects.filter(month=month).exists():
            return 0
        explained = [look for look in list_looks(since=begins, until=ends) if look.is_explained]
        drawn = {look.event_id: look for look in explained if lot.random() < SAMPLE_SHARE}
        for clerk in sorted({look.clerk_key for look in explained}):
            own = [look for look in explained if look.clerk_key == clerk]
            drawn |= {look.event_id: look for look in lot.sample(own, min(SAMPLE_EACH, len(own)))}
        reviewers = sorted(access.bodies_with_role(Role.AUDIT_ADMIN, on=legal_day(now)))
        rows = [_sample(look, month=month, reviewers=reviewers, now=now) for look in drawn.values() if reviewers]
        models.Sample.objects.bulk_create(rows)
    return len(rows)


def review(sample_id: UUID, *, outcome: SampleOutcome, reasons: str, actor: Actor, now: datetime) -> None:
    """Write what the reviewer found of a sampled look (抽查), never of one's own; a doubtful one raises an alert."""
    _require(actor, "misuse.review", area=actor.area, now=now)
    if not reasons.strip():
        raise Refused(
            Refusal(code="M-REASONS", what="请写明结论的理由。", next_step="用一两句话说明。", field="reasons")
        )
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=HANDLING):
        open_ones = models.Sample.objects.filter(id=sample_id, outcome="").exclude(clerk_key=actor.key)
        row = open_ones.first()
        if row is None:
            raise Refused(_absent())
        open_ones.update(outcome=outcome, reasons=reasons.strip(), reviewed_by=actor.key, reviewed_at=now)
        _record(actor, f"review:{sample_id}", now=now)
    if outcome is SampleOutcome.DOUBTFUL:
        with access.acting_for(DETECTOR, channel=Channel.JOB, purpose=DETECTION):
            looks = list_looks(since=row.looked_at, until=row.looked_at + timedelta(microseconds=1))
            behind = [look for look in looks if look.event_id == row.event_id]
            _raise_or_join(behind, signs=["review"], join_days=patterns().join_days, now=now)


def raise_lead(event_id: UUID, *, at: datetime, now: datetime) -> bool:
    """Raise an alert for a look that was found to have no ground (查询被认定没有依据), once; False where none is due.

    The account is asked for its explanation like any other. A look of a program has no account: who registered it is
    dealt with in the register of institutions.
    """
    with access.acting_for(DETECTOR, channel=Channel.JOB, purpose=DETECTION):
        if models.Hit.objects.filter(event_id=event_id, alert__patterns__contains=["challenge"]).exists():
            return False
        looks = list_looks(since=at, until=at + timedelta(microseconds=1))
        behind = [look for look in looks if look.event_id == event_id]
        if behind:
            _raise_or_join(behind, signs=["challenge"], join_days=patterns().join_days, now=now)
    return bool(behind)


def legal_start(day: date) -> datetime:
    """Return the moment a legal day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING)


def _raise_or_join(behind: list[Look], *, signs: list[str], join_days: int, now: datetime) -> int:
    first, today = behind[0], legal_day(now)
    since = today - timedelta(days=join_days)
    row = models.Alert.objects.filter(clerk_key=first.clerk_key, last_hit_on__gte=since).order_by("-id").first()
    is_new = row is None
    if row is None:
        row = _open(first, signs=signs, persons=len({look.subject_id for look in behind}), looks=len(behind), now=now)
    else:
        row.patterns, row.last_hit_on = sorted({*row.patterns, *signs}), today
        row.save(update_fields=["patterns", "last_hit_on"])
    models.Hit.objects.bulk_create(
        [
            models.Hit(
                id=new_id(now),
                alert=row,
                event_id=look.event_id,
                subject_id=look.subject_id,
                looked_at=look.at,
                categories=list(look.categories),
            )
            for look in behind
        ],
        ignore_conflicts=True,
    )
    return int(is_new)


def _open(first: Look, *, signs: list[str], persons: int, looks: int, now: datetime) -> models.Alert:
    """Open the case of a new alert at the credit office, and slow the account until somebody has looked."""
    alert_id, account_id = new_id(now), UUID(first.clerk_key.partition(":")[2])
    office = access.credit_office_of(first.area)
    case = casework.open_case(
        "misuse_incident",
        ref=Ref(kind="misuse_alert", id=str(alert_id)),
        body=office.code if office else first.body,
        opened_by=DETECTOR,
        now=now,
        facts={"signs": sorted(signs), "looks": looks, "persons": persons},
    )
    access.slow_account(account_id, actor=DETECTOR, now=now, reasons="misuse alert", case_number=case.number)
    return models.Alert.objects.create(
        id=alert_id,
        account_id=account_id,
        clerk_key=first.clerk_key,
        body=first.body,
        area=first.area,
        opened_at=now,
        last_hit_on=legal_day(now),
        patterns=sorted(signs),
        case_id=case.id,
        case_number=case.number,
        explanation="",
        slowed_until=now + access.SLOW_FOR,
    )


def _sample(look: Look, *, month: date, reviewers: Sequence[str], now: datetime) -> models.Sample:
    others = [body for body in reviewers if body != look.body] or list(reviewers)
    return models.Sample(
        id=new_id(now),
        month=month,
        event_id=look.event_id,
        clerk_key=look.clerk_key,
        body=look.body,
        area=look.area,
        looked_at=look.at,
        purpose=look.purpose,
        reference=look.reference,
        reviewer_body=others[look.event_id.int % len(others)],
    )


def _require(actor: Actor, action: str, *, now: datetime, body: str = "", area: str = "") -> None:
    access.require(actor, action=action, resource=Resource(body=body, area=area), purpose=HANDLING, now=now)


def _record(actor: Actor, what: str, *, now: datetime, count: int = 1) -> None:
    event = Event(kind=Kind.ADMINISTER, actor=actor, at=now, purpose=HANDLING, channel=Channel.OFFICE, reference=what)
    record_event(replace(event, count=count))


def _absent() -> Refusal:
    return Refusal(code="ABSENT", what="没有找到，或者您无权查看。", next_step="请核对编号。")
