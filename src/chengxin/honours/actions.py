"""What people do with honours beside the verbs of their cases: nominate, check, answer, be unnamed, look again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref
from chengxin.catalogue import facade as catalogue
from chengxin.database.contracts import Channel
from chengxin.honours import models
from chengxin.honours.checking import find_obstacles
from chengxin.honours.contracts import Answer, Obstacle
from chengxin.honours.contracts import Kind as HonourKind
from chengxin.honours.drafts import PURPOSE, Draft, row_of, seal
from chengxin.honours.kinds import get_kind, kinds
from chengxin.honours.queries import REVIEW, only, own_subject, require_handling
from chengxin.honours.rules import why_not_check, why_not_nominate
from chengxin.intake import facade as intake
from chengxin.intake.contracts import Issue
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.records import facade as records

_VERBS = {Answer.NAMED: "agree_named", Answer.UNNAMED: "agree_unnamed", Answer.DECLINED: "decline"}


def kinds_for(body: str, *, now: datetime) -> list[HonourKind]:
    """Return the kinds of honour a body may grant."""
    items, fields = access.items_of(body, on=legal_day(now)), access.get_body(body).fields_of_work
    return [kind for kind in kinds().values() if kind.item in items and kind.bodies & set(fields)]


def nominate(actor: Actor, kind_code: str, draft: Draft, *, now: datetime) -> tuple[UUID, str]:
    """Nominate somebody (提名) and return id and number; the nominee is told, and nothing else until they agree."""
    kind, on = get_kind(kind_code), legal_day(now)
    resource = Resource(kind="honour", body=actor.body)
    access.require(actor, action="honour.nominate", resource=resource, purpose=PURPOSE, now=now)
    items, fields = access.items_of(actor.body, on=on), access.get_body(actor.body).fields_of_work
    refuse_if(why_not_nominate(kind, fields=fields, items=items, story=draft.story))
    item = catalogue.get_item(kind.item, on=on)
    with access.acting_for(actor, channel=Channel.INTAKE, purpose=PURPOSE), transaction.atomic():
        cells = row_of(kind, item, draft, number="-", body=actor.body, awarded_on=on, until=on)
        checked = intake.check_row(cells, item_code=kind.item, actor=actor, now=now)
        if checked.subject_id is None:
            raise Refused(_unknown(checked.issues[0]))
        _refuse_twice(kind, checked.subject_id, body=actor.body)
        row = _open(actor, kind, checked.subject_id, draft, now=now)
    return row.id, row.number


def check(actor: Actor, nomination_id: UUID, *, now: datetime) -> list[Obstacle]:
    """Check a nominee who agreed (核查) and return what stands against it; the nominee sees that it was asked."""
    with access.acting_for(actor, channel=Channel.INTAKE, purpose=PURPOSE):
        row = _of_body(actor, nomination_id, now=now)
        refuse_if(why_not_check(Answer(row.answer)))
    obstacles = find_obstacles(row.subject_id, at=now)
    with access.acting_for(actor, channel=Channel.INTAKE, purpose=PURPOSE), transaction.atomic():
        row = _of_body(actor, nomination_id, now=now)
        row.checked_on, row.obstacles = legal_day(now), [one.value for one in obstacles]
        row.save(update_fields=["checked_on", "obstacles"])
        _tell(row, actor=actor, kind=Kind.SEARCH, channel=Channel.INTAKE, now=now)
    return obstacles


def answer(actor: Actor, number: str, said: Answer, *, now: datetime) -> None:
    """Answer a nomination (本人意见): yes with the name, yes without it, or no; no is never held against anybody."""
    row = _own_row(actor, number, now=now)
    casework.carry_out(row.case_id, verb=_VERBS[said], actor=actor, now=now)


def unname(actor: Actor, number: str, *, now: datetime) -> None:
    """Withdraw the consent to be named (不再公开姓名): name and deeds are gone at once, the honour stands."""
    found = _own_row(actor, number, now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE), transaction.atomic():
        row = only(models.Nomination.objects.select_for_update().filter(id=found.id))
        if row.answer != Answer.NAMED:
            return
        row.answer, row.answered_at, row.shown_name, row.shown_story = Answer.UNNAMED, now, "", ""
        row.save(update_fields=["answer", "answered_at", "shown_name", "shown_story"])
        _tell(row, actor=actor, kind=Kind.REVOKE, channel=Channel.SELF, now=now)


def visit(actor: Actor, nomination_id: UUID, *, found: str, now: datetime) -> None:
    """Record that an officer checked the place on site and found it fit (现场核查); the nominee reads what was seen."""
    with access.acting_for(actor, channel=Channel.INTAKE, purpose=PURPOSE), transaction.atomic():
        row = _of_body(actor, nomination_id, now=now)
        casework.take(row.case_id, verb="visit", actor=actor, now=now, reasons=found.strip())


def give_up(actor: Actor, number: str, *, now: datetime) -> None:
    """Give an honour up (放弃荣誉): its record leaves every outlet at once, and so does all that rests on it.

    The consent carried the record (PIPL 15), so no reason is asked and nobody decides about it. It is no withdrawal by
    a body: what the public read is gone, and a review under way ends.
    """
    found = _own_row(actor, number, now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE), transaction.atomic():
        row = only(models.Nomination.objects.select_for_update().filter(id=found.id))
        if row.record_id is None or row.withdrawn_at is not None or row.closed_at is not None:
            raise Refused(_nothing_to_give_up())
        row.closed_at, row.sealed, row.shown_name, row.shown_story = now, b"", "", ""
        row.save(update_fields=["closed_at", "sealed", "shown_name", "shown_story"])
        _tell(row, actor=actor, kind=Kind.REVOKE, channel=Channel.SELF, now=now)
        review = casework.find_open_case(REVIEW, ref_id=str(row.id))
        if review is not None:
            casework.take(review.id, verb="give_up", actor=actor, now=now)
        records.withdraw(
            subject_id=row.subject_id,
            record_id=row.record_id,
            reason="本人放弃这项荣誉，记录随同意一起撤回。",
            reference=row.number,
            actor=actor,
            now=now,
        )


def begin_review(actor: Actor, nomination_id: UUID, *, reasons: str, now: datetime) -> Case:
    """Begin to look at an honour again (复核): once a year, or because something came up."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE), transaction.atomic():
        row = _of_body(actor, nomination_id, now=now)
        if row.record_id is None or row.withdrawn_at is not None or row.closed_at is not None:
            raise Refused(_nothing_to_review("这项荣誉还没有授予，或者已经撤销、放弃。"))
        if casework.find_open_case(REVIEW, ref_id=str(row.id)) is not None:
            raise Refused(_nothing_to_review("这项荣誉正在复核。"))
        if not reasons.strip():
            raise Refused(
                Refusal(
                    code="HON-REVIEW-WHY",
                    what="请写明为什么复核。",
                    next_step="年度复核也请写明年度。",
                    field="reasons",
                )
            )
        return casework.open_case(
            REVIEW,
            ref=Ref(kind="honour", id=str(row.id), subject_id=row.subject_id),
            body=row.body,
            opened_by=actor,
            reasons=reasons.strip(),
            facts={"kind": row.kind},
            now=now,
        )


def _open(actor: Actor, kind: HonourKind, subject_id: UUID, draft: Draft, *, now: datetime) -> models.Nomination:
    row_id = new_id(now)
    case = casework.open_case(
        "honour",
        ref=Ref(kind="honour", id=str(row_id), subject_id=subject_id),
        body=actor.body,
        opened_by=actor,
        facts={"kind": kind.code},
        now=now,
    )
    item = catalogue.get_item(kind.item, on=legal_day(now))
    row = models.Nomination.objects.create(
        id=row_id,
        number=case.number,
        kind=kind.code,
        body=actor.body,
        subject_id=subject_id,
        is_person=item.subject_kinds == {SubjectKind.NATURAL_PERSON},
        case_id=case.id,
        nominated_by=actor.key,
        nominated_at=now,
        sealed=seal(row_id, subject_id, draft),
    )
    casework.take(case.id, verb="ask", actor=actor, now=now)
    return row


def _refuse_twice(kind: HonourKind, subject_id: UUID, *, body: str) -> None:
    open_rows = models.Nomination.objects.filter(
        kind=kind.code, subject_id=subject_id, body=body, closed_at__isnull=True, awarded_on__isnull=True
    )
    if open_rows.exists():
        raise Refused(
            Refusal(code="HON-TWICE", what="这位被提名人的同一种提名正在办理。", next_step="请在列表里打开那一件。")
        )


def _own_row(actor: Actor, number: str, *, now: datetime) -> models.Nomination:
    subject_id = own_subject(actor, action="honour.answer", now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        return only(models.Nomination.objects.filter(number=number, subject_id=subject_id))


def _of_body(actor: Actor, nomination_id: UUID, *, now: datetime) -> models.Nomination:
    row = only(models.Nomination.objects.select_for_update().filter(id=nomination_id, body=actor.body))
    require_handling(actor, body=row.body, now=now)
    return row


def _tell(row: models.Nomination, *, actor: Actor, kind: Kind, channel: Channel, now: datetime) -> None:
    audit.record_event(
        Event(
            kind=kind,
            actor=actor,
            at=now,
            purpose=PURPOSE,
            channel=channel,
            subject_id=row.subject_id,
            basis=("PIPL/13", "SD/14"),
            categories=(get_kind(row.kind).item,),
            reference=row.number,
        )
    )


def _unknown(issue: Issue) -> Refusal:
    return Refusal(
        code=issue.code,
        what="“{title}”没有通过检查：{what}",
        next_step="请改正后再试：{next_step}",
        basis=issue.basis,
        field=issue.field,
        values={"title": issue.title, "what": issue.what, "next_step": issue.next_step},
    )


def _nothing_to_give_up() -> Refusal:
    return Refusal(
        code="HON-NOTHING",
        what="这项荣誉还没有授予，或者已经不在了。",
        next_step="还没有授予的，可以选“不要这项荣誉”。",
    )


def _nothing_to_review(what: str) -> Refusal:
    return Refusal(code="HON-NO-REVIEW", what=what, next_step="请刷新页面再看。")
