"""Look at one's own archive and speak about it: each look and each word writes its event."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.archives import course
from chengxin.archives.contracts import Archive, Line, OwnLine, Reader
from chengxin.archives.disclosure import Opened, open_own
from chengxin.archives.lines import line_of
from chengxin.crypto.contracts import Aad
from chengxin.database.contracts import Channel as Door
from chengxin.kernel.actor import Actor
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.records import facade as records
from chengxin.records.contracts import Channel, Record
from chengxin.subjects import facade as subjects
from chengxin.ui.facade import one_language

PURPOSE: Final = "own_archive"
LONGEST_STATEMENT: Final = 500
_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def own_archive(actor: Actor, *, now: datetime) -> Archive:
    """Return all that is held on the subject who asks, line by line, in one transaction with one event."""
    reader = own_reader(actor, action="record.read_own", purpose=PURPOSE, now=now)
    with access.acting_for(actor, channel=Door.SELF, purpose=PURPOSE):
        found = own_records(reader.subject_id, now=now)
        opened = open_own(found, reader=reader, now=now)
    return Archive(
        subject_id=opened.identity.subject_id,
        kind=opened.identity.kind,
        name=opened.name,
        uscc=opened.identity.uscc,
        as_of=now,
        lines=own_lines(found, opened, at=now),
    )


def own_line(actor: Actor, record_id: UUID, *, now: datetime) -> OwnLine:
    """Return one line of one's own archive with its versions and its course; absent and another's look the same."""
    reader = own_reader(actor, action="record.read_own", purpose=PURPOSE, now=now)
    with access.acting_for(actor, channel=Door.SELF, purpose=PURPOSE):
        record = _usable_or_absent(reader.subject_id, record_id, now=now)
        versions = records.list_versions(reader.subject_id, record_id)
        opened = open_own(versions, reader=reader, now=now)
        received = records.list_received(reader.subject_id, record_id)
        told = records.list_told(reader.subject_id, record_id)
    (line,) = own_lines([record], opened, at=now)
    return OwnLine(
        line=line,
        changes=course.changes(versions, opened.contents),
        course=course.events(record, versions, line=line, told=told, at=now),
        received=received,
    )


def state_own_view(actor: Actor, record_id: UUID, *, text: str, now: datetime) -> None:
    """Keep what the subject says about a record (本人说明); it is shown wherever the record is."""
    _may(actor, action="statement.write", now=now)
    assert actor.subject_id is not None
    text = _statement(text)
    with access.acting_for(actor, channel=Door.SELF, purpose=PURPOSE):
        record = _usable_or_absent(actor.subject_id, record_id, now=now)
        statement_id = new_id(now)
        is_person = record.subject_kind is SubjectKind.NATURAL_PERSON
        aad = Aad(table="records_statement", column="sealed", row=statement_id)
        records.state_own_view(
            statement_id=statement_id,
            subject_id=actor.subject_id,
            record_id=record_id,
            sealed=subjects.seal_many([actor.subject_id], [text.encode()], aads=[aad])[0] if is_person else None,
            text="" if is_person else text,
            actor=actor,
            now=now,
        )


def own_records(subject_id: UUID, *, now: datetime) -> list[Record]:
    """Return the records of a subject that may leave to itself at a moment."""
    found = records.list_of_subject(subject_id)
    return [record for record in found if records.usable(record, channel=Channel.SELF, at=now)]


def own_lines(found: Sequence[Record], opened: Opened, *, at: datetime) -> tuple[Line, ...]:
    """Return the lines of one's own records."""
    said: Mapping[UUID, tuple[str, datetime]] = opened.statements
    nothing = ("", None)
    lines = []
    with one_language():
        for record in found:
            statement, stated_at = said.get(record.record_id, nothing)
            content = opened.contents[record.record_id, record.version]
            lines.append(line_of(record, content=content, at=at, statement=statement, stated_at=stated_at))
    return tuple(lines)


def own_reader(actor: Actor, *, action: str, purpose: str, now: datetime) -> Reader:
    """Return the subject who asks as the reader of its own file, or refuse."""
    basis = may(actor, action=action, purpose=purpose, now=now)
    assert actor.subject_id is not None
    return Reader(actor=actor, subject_id=actor.subject_id, channel=Door.SELF, purpose=purpose, basis=basis)


def may(actor: Actor, *, action: str, purpose: str, now: datetime) -> tuple[str, ...]:
    """Return the articles that allow a subject an act on its own file, or refuse."""
    if actor.subject_id is None:
        raise Refused(
            Refusal(
                code="SIGN_IN_REQUIRED",
                what="请先登录，再查看您本人的信息。",
                why="本人的信息只给本人看。",
                next_step="请用您的账户登录；没有账户的，可以到就近的信用窗口查询。",
                basis=("PIPL/45",),
            )
        )
    resource = Resource(kind="archive", subject_id=actor.subject_id)
    return access.require(actor, action=action, resource=resource, purpose=purpose, now=now).basis


def _may(actor: Actor, *, action: str, now: datetime) -> tuple[str, ...]:
    return may(actor, action=action, purpose=PURPOSE, now=now)


def _usable_or_absent(subject_id: UUID, record_id: UUID, *, now: datetime) -> Record:
    record = records.find_by_id(subject_id, record_id)
    if record is None or not records.usable(record, channel=Channel.SELF, at=now):
        raise Refused(Refusal(code="ABSENT", what="没有这条记录。"))
    return record


def _statement(text: str) -> str:
    text = _UNSEEN.sub("", text.replace("\r\n", "\n")).strip()
    if not text:
        raise Refused(Refusal(code="S-EMPTY", what="您还没有写内容。", next_step="请写一两句话。", field="text"))
    if len(text) > LONGEST_STATEMENT:
        raise Refused(
            Refusal(
                code="S-LONG",
                what="本人说明最多 {most} 个字。",
                next_step="请写得短一些，您的文字还在。",
                field="text",
                values={"most": str(LONGEST_STATEMENT)},
            )
        )
    if _NUMBER.search(text):
        raise Refused(
            Refusal(
                code="S-ID-NO",
                what="本人说明里不能写身份证号码。",
                why="别人看到这一条时，也会看到您的说明。",
                next_step="请去掉号码再保存，您的文字还在。",
                field="text",
            )
        )
    return text
