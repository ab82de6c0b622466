"""Take a tip in, follow it by its code, answer it; what is told goes straight into sealed files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import orjson
from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref
from chengxin.complaints import models
from chengxin.complaints.contracts import Received, Told
from chengxin.complaints.covering import last_place, mark_of, seen, still_kept, why_not_uncovered
from chengxin.complaints.keeping import caller_of, new_code, opened, seal, tag_of
from chengxin.complaints.rules import why_not_told
from chengxin.complaints.types import get_type
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import ANYONE, Actor, platform
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if

HANDLING: Final = "tip_handling"
FOLLOWING: Final = "tip_following"
RECEPTION: Final = platform("tips")
LONGEST: Final = 5000


def receive(kind: str, told: Told, *, papers: Sequence[str], now: datetime) -> Received:
    """Receive a tip (收到举报) and return its number and its code; the code is never to be read again.

    `papers` are digests of papers kept by `casework.keep_papers`.
    """
    declared = get_type(kind)
    _require_text(told.text)
    refuse_if(why_not_told(told.text))
    body = _handler_of(told.reported_body if declared.asks_body else "")
    code = new_code()
    with access.acting_for(RECEPTION, channel=Channel.JOB, purpose=HANDLING), transaction.atomic():
        tip_id = new_id(now)
        case = casework.open_case(
            declared.procedure,
            ref=Ref(kind="tip", id=str(tip_id)),
            body=body,
            opened_by=RECEPTION,
            facts={"kind": kind},
            now=now,
        )
        tip = models.Tip.objects.create(
            id=tip_id,
            number=case.number,
            kind=kind,
            case_id=case.id,
            reported_body=told.reported_body,
            tag=tag_of(code),
            identity=seal({"name": told.name, "contact": told.contact}) if told.name or told.contact else "",
            caller_tag=caller_of(told.contact),
            received_at=now,
        )
        _add(tip, text=told.text, papers=papers, actor=None, now=now)
    return Received(number=case.number, code=code)


def add_by_code(code: str, *, text: str, papers: Sequence[str], now: datetime) -> None:
    """Take what a reporter adds (补充), known by the code alone; a tip that waited for it goes on."""
    _require_text(text)
    refuse_if(why_not_told(text))
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=FOLLOWING, case_ref=tag_of(code).hex()):
        tip = models.Tip.objects.filter(tag=tag_of(code), destroyed_at__isnull=True).first()
        if tip is None:
            raise Refused(no_such_code())
        _add(tip, text=text, papers=papers, actor=None, now=now)
    with access.acting_for(RECEPTION, channel=Channel.JOB, purpose=HANDLING):
        if casework.find_cases_by_number([tip.number])[tip.number].state == "asked":
            casework.take(tip.case_id, verb="answer", actor=RECEPTION, now=now)


def answer(actor: Actor, tip_id: UUID, *, text: str, verb: str, reasons: str, now: datetime) -> Case | None:
    """Write to the reporter (答复举报人), and take a verb with it: a result is never without a word to who told."""
    _require_text(text)
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=HANDLING), transaction.atomic():
        tip = _access(actor, tip_id, now=now)
        _add(tip, text=text, papers=(), actor=actor, now=now)
        if verb:
            return casework.take(tip.case_id, verb=verb, actor=actor, now=now, reasons=reasons)
        _record(actor, tip, "answered", now=now)
    return None


def open_entry(actor: Actor, tip_id: UUID, digest: str, *, now: datetime) -> bytes:
    """Open one message for the handling office, or of a paper what its giver shows; the key service wants the event."""
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=HANDLING):
        return seen(_entry(_access(actor, tip_id, now=now), digest), opened)


def uncover(actor: Actor, tip_id: UUID, digest: str, *, reasons: str, now: datetime) -> bytes:
    """Open a paper uncovered (查看遮住的部分), with reasons and an event of its own; the reporter reads that it was."""
    refuse_if(why_not_uncovered(reasons))
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=HANDLING):
        with transaction.atomic():
            tip = _access(actor, tip_id, now=now)
            paper = _entry(tip, digest)
            if not paper.is_paper:
                raise Refused(absent())
            why = reasons.strip()[:200]
            _record(actor, tip, "uncovered", now=now, why=why)
            _add(tip, text=f"承办人看了您提交的凭证里遮住的部分。理由：{why}", papers=(), actor=actor, now=now)
        return opened(digest)


def show_by_code(code: str, digest: str, *, wish: str, cells: Collection[int], now: datetime) -> None:
    """Take which part of one's own paper may be seen (露出的部分), known by the code alone; the last word counts."""
    shown = mark_of(open_own(code, digest), wish, cells)
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=FOLLOWING, case_ref=tag_of(code).hex()):
        tip = models.Tip.objects.filter(tag=tag_of(code), destroyed_at__isnull=True).first()
        if tip is None or not models.Entry.objects.filter(tip_id=tip.id, digest=digest, is_paper=True).exists():
            raise Refused(no_such_code())
        place = last_place(models.Entry.objects.filter(tip_id=tip.id)) + 1
        marked = {"digest": digest, "is_paper": True, "from_office": False, "shown": shown}
        models.Entry.objects.create(id=new_id(now), tip_id=tip.id, place=place, at=now, **marked)


def open_own(code: str, digest: str) -> bytes:
    """Open one message of one's own tip by its code."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=FOLLOWING, case_ref=tag_of(code).hex()):
        if not models.Entry.objects.filter(tip__tag=tag_of(code), tip__destroyed_at=None, digest=digest).exists():
            raise Refused(no_such_code())
        return opened(digest)


def open_identity(actor: Actor, tip_id: UUID, *, reasons: str, now: datetime) -> tuple[str, str]:
    """Open who reported (查看举报人身份), with reasons and an event of its own; return name and contact."""
    if not reasons.strip():
        raise Refused(
            Refusal(
                code="TIP-IDENTITY-WHY",
                what="请写明为什么要看举报人的身份。",
                why="不看身份也能办理的，不看。每次查看都留记录。",
                next_step="用一句话说明用途，例如需要当面核实。",
                field="reasons",
            )
        )
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=HANDLING):
        tip = _access(actor, tip_id, now=now)
        if not tip.identity:
            raise Refused(absent())
        _record(actor, tip, "identity", now=now, why=reasons.strip()[:200])
        said = orjson.loads(opened(tip.identity))
    return said["name"], said["contact"]


def no_such_code() -> Refusal:
    """Return the refusal for a code that is unknown, mistyped or whose tip was destroyed: all the same."""
    return Refusal(
        code="TIP-CODE",
        what="没有找到这个查询码对应的举报。",
        why="查询码只在提交时显示一次，平台自己也不保存。举报内容保存期满销毁以后，也查不到。",
        next_step="请核对16位查询码；忘记了的，可以重新举报。",
        field="code",
    )


def absent() -> Refusal:
    """Return the refusal that tells neither that a tip exists nor that it does not."""
    return Refusal(code="ABSENT", what="没有找到这件举报。", next_step="请核对编号。")


def _handler_of(reported: str) -> str:
    """Return the credit office that handles a tip: the nearest above whom it is about, else the highest."""
    if reported and access.find_body(reported) is None:
        raise Refused(Refusal(code="TIP-BODY", what="没有找到被举报的单位。", next_step="请从列表选择。", field="body"))
    offices = [body for body in access.list_bodies() if body.is_credit_office]
    highest = min(offices, key=lambda body: (len(body.area), body.code)).code if offices else ""
    body = casework.supervisor_of(reported) if reported else highest
    if not body:
        raise Refused(
            Refusal(
                code="TIP-NO-OFFICE",
                what="平台内没有比被举报单位更高一级的承办单位。",
                why="举报不能由被举报的单位自己办理。",
                next_step="请直接向网信部门或者公安机关举报；个人信息保护法第六十五条要求他们告知处理结果。",
                basis=("PIPL/65",),
                field="body",
            )
        )
    return body


def _access(actor: Actor, tip_id: UUID, *, now: datetime) -> models.Tip:
    tip = models.Tip.objects.filter(id=tip_id).first()
    if tip is None:
        raise Refused(absent())
    access.require(actor, action="tip.handle", resource=Resource(body=actor.body), purpose=HANDLING, now=now)
    return tip


def _add(tip: models.Tip, *, text: str, papers: Sequence[str], actor: Actor | None, now: datetime) -> None:
    last = last_place(models.Entry.objects.filter(tip_id=tip.id))
    kept = [(seal({"text": text.strip()}), False), *((digest, True) for digest in papers)]
    models.Entry.objects.bulk_create(
        models.Entry(
            id=new_id(now),
            tip_id=tip.id,
            place=last + place,
            from_office=actor is not None,
            actor_key=actor.key if actor else "",
            at=now,
            digest=digest,
            is_paper=is_paper,
        )
        for place, (digest, is_paper) in enumerate(kept, start=1)
    )


def _entry(tip: models.Tip, digest: str) -> models.Entry:
    """Return one message of a tip that is still kept, a paper with its last mark."""
    rows = models.Entry.objects.filter(tip_id=tip.id, digest=digest).order_by("place")
    return still_kept(rows, is_destroyed=tip.destroyed_at is not None, absent=absent())


def _require_text(text: str) -> None:
    if not 2 <= len(text.strip()) <= LONGEST:
        raise Refused(
            Refusal(
                code="TIP-TEXT",
                what="请写明情况，2到5000字。",
                next_step="时间、地点、涉及什么信息、您怎么知道的，知道多少写多少。",
                field="text",
            )
        )


def _record(actor: Actor, tip: models.Tip, what: str, *, now: datetime, why: str = "") -> None:
    record_event(
        Event(
            kind=Kind.ADMINISTER,
            actor=actor,
            at=now,
            purpose=HANDLING,
            channel=Channel.OFFICE,
            reference=tip.number,
            categories=(f"tip.{what}",),
            reason=why,
        )
    )
