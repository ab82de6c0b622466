"""Make, list, open and take back reports of oneself: free, as often as one likes, each with its event."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import orjson
from django.utils import translation

from chengxin.access import facade as access
from chengxin.archives.actions import own_lines, own_reader, own_records
from chengxin.archives.content import encode, report_content
from chengxin.archives.contracts import Archive, Line, Looks, OpenedReport, Reader, ReportForm, ReportState, Section
from chengxin.archives.contracts import Report as ReportValue
from chengxin.archives.disclosure import open_own
from chengxin.archives.identity import get_own_identity
from chengxin.archives.models import Report
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind, LookFilter, Sealed
from chengxin.catalogue.contracts import Nature
from chengxin.crypto.contracts import Aad
from chengxin.database.contracts import Channel as Door
from chengxin.kernel.actor import Actor
from chengxin.kernel.codes import new_code, read_code
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.law.facade import cites
from chengxin.records import facade as records
from chengxin.records.contracts import Provenance, Record
from chengxin.subjects import facade as subjects

PURPOSE: Final = "own_report"
LOOKS_SHOWN: Final = 10
_ACTIONS: Final = {
    ReportForm.REPORT: "report.make",
    ReportForm.CERTIFICATE: "certificate.make",
    ReportForm.OCCUPATION: "occupation.report",
}
_REQUESTERS: Final = {
    "mandate": "代理人（依本人的网上委托）",
    "guardian": "代理人（登记的监护人）",
    "next_of_kin": "代理人（登记的近亲属）",
}
"""Whom a report names that another had made, by the ground on which they act."""


@cites("PIPL/45", "D/own-report-unlimited")
def make_report(actor: Actor, *, now: datetime, address_of: Callable[[str], str]) -> str:
    """Make a report of the subject who asks and return its code; the one before gives way in the same transaction."""
    reader = own_reader(actor, action="report.make", purpose=PURPOSE, now=now)
    code = new_code()
    requester = _REQUESTERS[actor.ground] if actor.is_representative else "本人"
    with access.acting_for(actor, channel=Door.SELF, purpose=PURPOSE):
        compose(reader, now=now, code=code, verify_url=address_of(code), requester=requester)
    return code


def compose(
    reader: Reader, *, now: datetime, code: str, verify_url: str, requester: str = "本人", identified: str = ""
) -> None:
    """Put a subject's report together, seal it for the subject and write its event; the one before gives way.

    `requester` is what the report says of who asked; `identified` how a person was identified at a counter.
    """
    with translation.override("zh-hans"):
        archive = _archive_of(reader, now=now, code=code)
        looks = _looks_of(reader.subject_id)
        content = encode(report_content(archive, looks=looks, code=code, verify_url=verify_url, requester=requester))
    held = [line for line in archive.lines if line.section is not Section.ENDED]
    keep(reader, content, held, form=ReportForm.REPORT, code=code, now=now, identified=identified)


@cites("D/association-apart")
def _looks_of(subject_id: UUID) -> Looks:
    """Return the last looks as others may read of them: what is no public credit information is left out."""
    chosen = LookFilter(apart=tuple(one.code for one in access.list_purposes() if not one.in_reports))
    lines = audit.list_looks(subject_id, limit=LOOKS_SHOWN, chosen=chosen)
    return Looks(lines=lines, total=audit.count_looks(subject_id, chosen=chosen))


def keep(
    reader: Reader,
    content: bytes,
    held: Sequence[Line],
    *,
    form: ReportForm,
    code: str,
    now: datetime,
    items: Sequence[str] = (),
    identified: str = "",
) -> None:
    """Seal what was made for its subject and write its event; the one before of its form and sections gives way."""
    report_id = new_id(now)
    alike = Report.objects.filter(subject_id=reader.subject_id, form=form.value, items=list(items))
    standing = alike.filter(superseded_at__isnull=True)
    standing.update(superseded_at=now)
    Report.objects.create(
        id=report_id,
        form=form.value,
        items=list(items),
        code=code,
        subject_id=reader.subject_id,
        made_at=now,
        digest=hashlib.sha256(content).hexdigest(),
        record_ids=[line.record_id for line in held],
        record_versions=[line.version for line in held],
        sealed=subjects.seal_many([reader.subject_id], [content], aads=[_place(report_id)])[0],
    )
    _tell(reader, now=now, code=code, count=len(held), identified=identified)


def _archive_of(reader: Reader, *, now: datetime, code: str) -> Archive:
    found = reportable(own_records(reader.subject_id, now=now))
    opened = open_own(found, reader=reader, now=now, reference=code)
    return Archive(
        subject_id=reader.subject_id,
        kind=opened.identity.kind,
        name=opened.name,
        uscc=opened.identity.uscc,
        as_of=now,
        lines=own_lines(found, opened, at=now),
    )


def reportable(found: list[Record]) -> list[Record]:
    """Return what may stand in a report: determined facts only, never a lead or a tip."""
    return [record for record in found if record.provenance is Provenance.DETERMINED]


def list_reports(
    actor: Actor, *, now: datetime, limit: int = 20, form: ReportForm = ReportForm.REPORT
) -> list[ReportValue]:
    """Return the reports of the subject who asks, the newest first, each with what verification would answer."""
    reader = own_reader(actor, action=_ACTIONS[form], purpose=PURPOSE, now=now)
    with access.acting_for(actor, channel=Door.SELF, purpose=PURPOSE):
        rows = list(Report.objects.filter(subject_id=reader.subject_id, form=form.value).order_by("-id")[:limit])
        return [value_of(row, now=now) for row in rows]


def open_report(actor: Actor, code: str, *, now: datetime) -> OpenedReport:
    """Open a report of one's own while it holds; what it said before a change is not handed out again."""
    reader = own_reader(actor, action="report.make", purpose=PURPOSE, now=now)
    with access.acting_for(actor, channel=Door.SELF, purpose=PURPOSE):
        return open_made(reader, code, now=now)


def open_made(reader: Reader, code: str, *, now: datetime) -> OpenedReport:
    """Open a report that was made for the subject whose file is read, with its event."""
    row = _row_of(reader.subject_id, code)
    report = value_of(row, now=now)
    if report.state is not ReportState.VALID:
        raise Refused(
            Refusal(
                code="REPORT_OVER",
                what="这份报告已经有了新的内容或者被撤回，不能再打开。",
                why="里面的信息可能已经更正、到期或者修复。",
                next_step="请生成一份新的报告，免费，次数不限。",
            )
        )
    if not row.sealed:
        raise Refused(
            Refusal(
                code="REPORT_EMPTIED",
                what="这份报告的内容保存期满，已经销毁；查询码仍然可以验真。",
                why="内容只保存到不再需要为止。",
                basis=("PIPL/19",),
                next_step="请生成一份新的报告，免费，次数不限。",
            )
        )
    wrapped_key = get_own_identity(row.subject_id).wrapped_key
    (content,) = audit.disclose(
        [Sealed(subject_id=row.subject_id, wrapped_key=wrapped_key, aad=_place(row.id), ciphertext=bytes(row.sealed))],
        actor=reader.actor,
        purpose=reader.purpose,
        channel=reader.channel,
        now=now,
        basis=reader.basis,
        reference=row.code,
        kind=Kind.REPORT,
    )
    return OpenedReport(report=report, content=content)


def take_back(actor: Actor, code: str, *, now: datetime) -> ReportForm:
    """Take a report back (撤回报告) and return its form: from now on verification answers that it is withdrawn."""
    reader = own_reader(actor, action="report.take_back", purpose=PURPOSE, now=now)
    with access.acting_for(actor, channel=Door.SELF, purpose=PURPOSE):
        row = _row_of(reader.subject_id, code)
        Report.objects.filter(id=row.id, withdrawn_at__isnull=True).update(withdrawn_at=now)
        _tell(reader, now=now, code=row.code, count=0)
    return ReportForm(row.form)


def value_of(row: Report, *, now: datetime) -> ReportValue:
    """Return a row as others see it, its state computed from what became of the records in it."""
    return ReportValue(
        code=row.code, made_at=row.made_at, as_of=row.made_at, digest=row.digest, state=state_of(row, now=now)
    )


def state_of(row: Report, *, now: datetime) -> ReportState:
    """Return whether a report still holds: not taken back, none newer, no record in it changed."""
    if row.withdrawn_at is not None:
        return ReportState.WITHDRAWN
    versions = list(zip(row.record_ids, row.record_versions, strict=True))
    if row.superseded_at is not None or records.has_changed(row.subject_id, versions, since=row.made_at, until=now):
        return ReportState.SUPERSEDED
    if row.form == ReportForm.CERTIFICATE and _has_new_adverse(row):
        return ReportState.SUPERSEDED
    if row.items and _has_new_in_sections(row):
        return ReportState.SUPERSEDED
    return ReportState.VALID


def _has_new_in_sections(row: Report) -> bool:
    """Tell whether a ticked section gained a record; what comes in another changes nothing, so it tells nothing."""
    found = reportable(records.list_of_subject(row.subject_id))
    return any(record.item_code in row.items and record.lineage.accepted_at > row.made_at for record in found)


def _has_new_adverse(row: Report) -> bool:
    """Tell whether an adverse record came after a certificate was made, which therefore says too little."""
    return any(
        record.nature is Nature.ADVERSE and record.lineage.accepted_at > row.made_at
        for record in records.list_of_subject(row.subject_id)
    )


def _row_of(subject_id: UUID, code: str) -> Report:
    row = Report.objects.filter(subject_id=subject_id, code=read_code(code)).first()
    if row is None:
        raise Refused(Refusal(code="ABSENT", what="没有这份报告。"))
    return row


def _place(report_id: UUID) -> Aad:
    return Aad(table="archives_report", column="sealed", row=report_id)


def _tell(reader: Reader, *, now: datetime, code: str, count: int, identified: str = "") -> None:
    audit.record_event(
        Event(
            kind=Kind.REPORT,
            actor=reader.actor,
            at=now,
            purpose=reader.purpose,
            channel=reader.channel,
            subject_id=reader.subject_id,
            basis=reader.basis,
            reason=identified,
            reference=code,
            count=count,
        )
    )


def read_content(opened: OpenedReport) -> dict[str, object]:
    """Return the content of an opened report as values."""
    content: dict[str, object] = orjson.loads(opened.content)
    return content
