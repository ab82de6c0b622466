"""Papers of a case (材料): kept sealed by their digest, opened by name, each opening written down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event, unlock
from chengxin.casework import actions, queries
from chengxin.casework.registry import get_procedure
from chengxin.database.facade import present_context
from chengxin.files import facade as files
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.law.facade import cites

MOST_PAPERS: Final = 6


class Sent(Protocol):
    """A file as somebody sends it."""

    size: int | None

    def chunks(self) -> Iterable[bytes]:
        """Return its bytes in pieces."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One paper as it is handed out: its bytes, media type and the ending of its name."""

    content: bytes
    media: str
    ending: str


@cites("PIPL/6")
def keep_papers(sent: Sequence[Sent], *, with_traces: bool = False) -> tuple[str, ...]:
    """Keep what was sent and return the digests; refuse what is no picture and no PDF, and what is too large.

    A picture is kept without place, time and device, unless its giver asked that they stay (ADR 0137).
    """
    if len(sent) > MOST_PAPERS:
        raise Refused(
            Refusal(
                code="CASE-PAPERS",
                what="一次最多提交{most}份材料。",
                next_step="其余的可以在提交以后再补充。",
                field="papers",
                values={"most": str(MOST_PAPERS)},
            )
        )
    return tuple(dict.fromkeys(_keep(one, with_traces=with_traces) for one in sent))


def open_paper(case_id: UUID, digest: str, *, actor: Actor, now: datetime) -> Paper:
    """Open a paper of a case (阅卷), with its event; inside the reader's context."""
    case = queries.access_case(case_id, actor=actor)
    actions.open_evidence(case_id, digest=digest, actor=actor, now=now)
    context = present_context()
    record_event(
        Event(
            kind=Kind.DISCLOSE,
            actor=actor,
            at=now,
            purpose=context.purpose if context else get_procedure(case.procedure).purpose,
            channel=context.channel if context else "body",
            subject_id=case.ref.subject_id,
            categories=(f"{case.procedure}.paper",),
            reference=case.number,
        )
    )
    with files.opened(digest, unlock=unlock) as path:
        content = path.read_bytes()
    return paper_of(content)


def paper_of(content: bytes) -> Paper:
    """Return bytes as a paper that is handed out; what nobody knows is saved and never shown."""
    document = files.document_of(content)
    if document is None:
        return Paper(content=content, media="application/octet-stream", ending="bin")
    return Paper(content=content, media=document.media, ending=document.ending)


def _keep(sent: Sent, *, with_traces: bool) -> str:
    with files.landed(sent.chunks()) as path:
        if files.find_document(path) is None:
            raise Refused(
                Refusal(
                    code="CASE-PAPER",
                    what="材料要是照片（JPEG、PNG）或者 PDF，每份最多 10 MB。",
                    next_step="请重新拍照或者另存以后再提交，您写的文字还在。",
                    field="papers",
                )
            )
        if with_traces:
            return files.keep(path)
        with files.bared(path) as bare:
            return files.keep(bare)
