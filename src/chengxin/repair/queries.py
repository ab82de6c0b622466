"""Read applications under row security: a subject its own, a body those it decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from chengxin.kernel.refusal import Refusal, Refused
from chengxin.repair import models
from chengxin.repair.contracts import Application, PaperFile
from chengxin.repair.rules import Paper

Content = Mapping[str, object]


def rows_of(subject_id: UUID) -> list[models.Application]:
    """Return a subject's applications, newest first."""
    return list(models.Application.objects.filter(subject_id=subject_id).order_by("-id"))


def get_row(*, number: str = "", application_id: UUID | None = None) -> models.Application:
    """Return an application in sight by its number or id, or refuse as if there were none."""
    wanted = {"number": number} if number else {"id": application_id}
    row = models.Application.objects.filter(**wanted).first()
    if row is None:
        raise Refused(absent())
    return row


def application_of(row: models.Application, *, content: Content, papers: Iterable[PaperFile]) -> Application:
    """Return the value of a row with what it says."""
    return Application(
        id=row.id,
        number=row.number,
        subject_id=row.subject_id,
        record_id=row.record_id,
        item_code=row.item_code,
        body=row.body,
        case_id=row.case_id,
        applied_at=row.applied_at,
        earliest_on=row.earliest_on,
        document_no=str(content.get("document_no", "")),
        title=str(content.get("title", "")),
        granted_at=row.granted_at,
        revoked_at=row.revoked_at,
        closed_at=row.closed_at,
        revocation_case_id=row.revocation_case_id,
        papers=tuple(papers),
    )


def papers_of(application_ids: Iterable[UUID]) -> Mapping[UUID, list[PaperFile]]:
    """Return the papers of applications in the order they came."""
    found: dict[UUID, list[PaperFile]] = defaultdict(list)
    for row in models.Paper.objects.filter(application_id__in=list(application_ids)).order_by("id"):
        found[row.application_id].append(
            PaperFile(
                id=row.id,
                kind=Paper(row.kind),
                digest=row.digest,
                media=row.media,
                size=row.size,
                given_at=row.given_at,
            )
        )
    return found


def absent() -> Refusal:
    """Return the refusal that tells neither that an application exists nor that it does not."""
    return Refusal(code="ABSENT", what="没有找到这件修复申请。", next_step="请核对编号，或者回到“我的信用修复”。")
