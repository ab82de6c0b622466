"""Serve a person who stands at the counter of a service hall (大厅): identify, make the report, give it out once.

The clerk never becomes the subject: the context names whom the clerk attends (`guard.attended_id`), and the database
lets a report be made and opened only within a visit of that clerk whose one download is still open.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from django.utils import translation

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.archives.bodies import body_name
from chengxin.archives.contracts import DocumentKind, OpenedReport, Reader, Visit
from chengxin.archives.looks import AT_COUNTER
from chengxin.archives.mandates import Mandate, check_mandate, keep_mandate
from chengxin.archives.models import CounterVisit
from chengxin.archives.reports import compose, open_made
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind, Outcome
from chengxin.database.contracts import Channel as Door
from chengxin.database.facade import ask
from chengxin.files import facade as files
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.codes import new_code
from chengxin.kernel.identifiers import IdentifierKind, compact, upgrade_id_no
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.law.facade import cites
from chengxin.subjects import facade as subjects
from chengxin.subjects.contracts import Answer
from chengxin.ui.facade import day

PURPOSE: Final = AT_COUNTER
ACTION: Final = "report.make_at_counter"
# No text sets these; a window serves a person every few minutes and mistypes now and then (our decision, D).
COUNTED_FOR: Final = timedelta(minutes=30)
MOST_FAILURES: Final = 5
MOST_ATTEMPTS: Final = 30
OPEN_FOR: Final = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Who stands at the counter as the clerk types it from the original document."""

    name: str
    number: str
    document: DocumentKind
    is_present: bool
    mandate: Mandate | None = None


@cites("PIPL/45", "D/own-report-unlimited")
def serve(actor: Actor, claim: Claim, *, now: datetime, address_of: Callable[[str], str]) -> UUID:
    """Identify the person, make their report and return the visit that lets it be printed once.

    The person is there, or a representative is with a letter; who is neither gets nothing.

    An unknown number, a wrong name and a subject whose file is closed are refused alike, after an event each.
    """
    basis = may_serve(actor, now=now)
    if claim.mandate is not None:
        check_mandate(claim.mandate, represented=claim.number, now=now)
    subject_id = identify(actor, claim, now=now)
    reader = Reader(actor=actor, subject_id=subject_id, channel=Door.COUNTER, purpose=PURPOSE, basis=basis)
    code, visit_id = new_code(), new_id(now)
    scan = "" if claim.mandate is None else _kept(claim.mandate.scan)
    with _attending(reader, visit_id):
        write_down(actor, visit_id, claim, now=now, subject_id=subject_id, code=code)
        if claim.mandate is not None:
            keep_mandate(claim.mandate, subject_id=subject_id, visit_id=visit_id, document_digest=scan)
        requester, identified = _who_asks(claim, body=actor.body)
        verify_url = address_of(code)
        compose(reader, now=now, code=code, verify_url=verify_url, requester=requester, identified=identified)
    return visit_id


def _kept(scan: Path) -> str:
    with files.bared(scan) as bare:
        return files.keep(bare)


def get_visit(actor: Actor, visit_id: UUID, *, now: datetime) -> Visit:
    """Return a visit the clerk served: its code and whether its download is open; another's looks absent."""
    may_serve(actor, now=now)
    with access.acting_for(actor, channel=Door.BODY, purpose=PURPOSE):
        return _visit(_served(visit_id), now=now)


def hand_out(actor: Actor, visit_id: UUID, *, now: datetime) -> OpenedReport:
    """Open the report of a visit for its one download; a second one, or a late one, is refused."""
    basis = may_serve(actor, now=now)
    with access.acting_for(actor, channel=Door.BODY, purpose=PURPOSE):
        row = _served(visit_id)
    assert row.subject_id is not None
    reader = Reader(actor=actor, subject_id=row.subject_id, channel=Door.COUNTER, purpose=PURPOSE, basis=basis)
    with _attending(reader, visit_id):
        # Of two downloads at once the second waits here, and then row security shows it no standing visit.
        standing = CounterVisit.objects.select_for_update().filter(id=visit_id).first()
        if standing is None or not _visit(standing, now=now).is_open:
            raise Refused(
                Refusal(
                    code="HALL-DONE",
                    what="这份报告已经下载过，或者已经超过下载时间，窗口不能再打开。",
                    why="窗口每次只能打印一次；再看一次需要本人再到场。",
                    next_step="本人仍在窗口的，请重新核对证件，再生成一份；只核对真假的，用验真码。",
                )
            )
        opened = open_made(reader, standing.code, now=now)
        CounterVisit.objects.filter(id=visit_id).update(downloaded_at=now)
    return opened


def may_serve(actor: Actor, *, now: datetime, action: str = ACTION, purpose: str = PURPOSE) -> tuple[str, ...]:
    """Return the articles that allow a hall clerk to serve whoever stands at the counter, or refuse."""
    if actor == ANYONE:
        raise Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="请用您的窗口账户登录。"))
    resource = Resource(kind="archive", body=actor.body)
    return access.require(actor, action=action, resource=resource, purpose=purpose, now=now).basis


def _who_asks(claim: Claim, *, body: str) -> tuple[str, str]:
    """Return who asked as the report says it, and how they were identified as the log says it."""
    with translation.override("zh-hans"):
        at = f"由{body_name(body)}窗口打印"
        if claim.mandate is None:
            return f"本人（到场，{at}）", f"present:{claim.document}"
        letter = f"持{day(claim.mandate.signed_on)}委托书"
        return f"代理人{claim.mandate.name}（{letter}，{at}）", f"mandate:{claim.document}:{claim.mandate.signed_on}"


def _attending(reader: Reader, visit_id: UUID) -> AbstractContextManager[None]:
    return access.acting_for(
        reader.actor,
        channel=reader.channel,
        purpose=PURPOSE,
        case_ref=str(visit_id),
        attended_id=reader.subject_id,
    )


def identify(actor: Actor, claim: Claim, *, now: datetime, purpose: str = PURPOSE) -> UUID:
    """Return whose name and number these are, if they are there.

    Every attempt is counted, and commits before it is answered.
    """
    if not claim.is_present:
        raise Refused(_nobody_there(claim))
    number = upgrade_id_no(compact(claim.number))
    with access.acting_for(actor, channel=Door.BODY, purpose=purpose):
        # Attempts of one clerk wait for each other, or many at once would all be the first.
        ask("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"hall:{actor.key}"])
        is_over = _has_tried_enough(actor, now=now)
        if is_over:
            _tell_too_many(actor, now=now, purpose=purpose)
        subject_id = None if is_over else _find(actor, claim, number, now=now, purpose=purpose)
        is_own = actor.subject_id is not None and actor.subject_id in {subject_id, _representative_of(claim)}
        if subject_id is None and not is_over:
            write_down(actor, new_id(now), claim, now=now)
    if is_over:
        raise Refused(_too_many())
    if subject_id is None:
        raise Refused(_unable())
    if is_own:
        raise Refused(
            Refusal(
                code="HALL-SELF",
                what="窗口人员不能在窗口给自己办理，也不能作代理人。",
                next_step="请登录您自己的账户生成报告，或者请同事办理。",
            )
        )
    return subject_id


def _find(actor: Actor, claim: Claim, number: str, *, now: datetime, purpose: str) -> UUID | None:
    kind = IdentifierKind.ID_NO
    answer = subjects.verify(kind, number=number, name=claim.name, actor=actor, purpose=purpose, now=now)
    subject = subjects.find_by_number(kind, number) if answer is Answer.SAME else None
    return None if subject is None else subject.id


def _representative_of(claim: Claim) -> UUID | None:
    if claim.mandate is None:
        return None
    found = subjects.find_by_number(IdentifierKind.ID_NO, upgrade_id_no(compact(claim.mandate.number)))
    return None if found is None else found.id


def _has_tried_enough(actor: Actor, *, now: datetime) -> bool:
    tried = CounterVisit.objects.filter(clerk_key=actor.key, tried_at__gt=now - COUNTED_FOR)
    return tried.filter(subject_id=None).count() >= MOST_FAILURES or tried.count() >= MOST_ATTEMPTS


def write_down(
    actor: Actor, visit_id: UUID, claim: Claim, *, now: datetime, subject_id: UUID | None = None, code: str = ""
) -> None:
    """Keep an attempt: whom it served, or that it served nobody."""
    CounterVisit.objects.create(
        id=visit_id,
        clerk_key=actor.key,
        body=actor.body,
        tried_at=now,
        document_kind=claim.document.value,
        subject_id=subject_id,
        code=code,
    )


def _served(visit_id: UUID) -> CounterVisit:
    row = CounterVisit.objects.filter(id=visit_id, subject_id__isnull=False).first()
    if row is None:
        raise Refused(Refusal(code="ABSENT", what="没有这次办理。"))
    return row


def _visit(row: CounterVisit, *, now: datetime) -> Visit:
    open_until = row.tried_at + OPEN_FOR
    is_open = row.downloaded_at is None and now < open_until
    return Visit(visit_id=row.id, code=row.code, made_at=row.tried_at, open_until=open_until, is_open=is_open)


def _tell_too_many(actor: Actor, *, now: datetime, purpose: str) -> None:
    audit.record_event(
        Event(
            kind=Kind.VERIFY,
            actor=actor,
            at=now,
            purpose=purpose,
            channel=Door.BODY,
            outcome=Outcome.REFUSED,
            reason="TOO_MANY",
        )
    )


def _too_many() -> Refusal:
    return Refusal(
        code="TOO_MANY",
        what="这个窗口账户核对的次数太多，暂时不能继续。",
        why="连续核对不上，可能是在试探别人的号码；每一次都已记录。",
        next_step="请等{minutes}分钟再试；窗口前有人等候的，请换一位同事办理。",
        values={"minutes": str(COUNTED_FOR // timedelta(minutes=1))},
    )


def _unable() -> Refusal:
    return Refusal(
        code="HALL-UNABLE",
        what="没有办成：按这个姓名和号码，平台不能提供报告。",
        why="可能是姓名或者号码与登记的不一致，也可能是平台没有这个人的档案；平台不区分这两种情况。",
        next_step="请对照证件原件核对后再试一次；仍然不成的，请告诉本人，并联系信用办。",
    )


def _nobody_there(claim: Claim) -> Refusal:
    if claim.mandate is not None:
        return Refusal(
            code="HALL-NO-LETTER",
            what="没有核对代理人和委托书的原件，不能办理。",
            why="信用报告只给本人，或者本人书面委托的人。",
            next_step="请核对代理人的证件原件和委托书原件以后再办。",
            field="is_present",
            basis=("PIPL/45",),
        )
    return Refusal(
        code="HALL-NOT-PRESENT",
        what="本人没有到场，不能查询。",
        why="信用报告只给本人；窗口不替不在场的人查询。",
        next_step="请本人带身份证件原件到窗口办理，或者由代理人持委托书办理。",
        field="is_present",
        basis=("PIPL/45",),
    )
