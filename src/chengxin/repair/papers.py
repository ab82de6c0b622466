"""Keep and open papers: a few formats, a size, sealed under their digest, each opening written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from chengxin.audit import facade as audit
from chengxin.files import facade as files
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.repair import models
from chengxin.repair.contracts import Handed


def keep_papers(papers: Sequence[Handed], *, application_id: UUID, subject_id: UUID, now: datetime) -> tuple[str, ...]:
    """Keep the papers of an application and return their digests; one that cannot be read refuses them all."""
    checked = [(paper, _media(paper.path, field=paper.kind.value)) for paper in papers]
    digests = []
    for paper, media in checked:
        with files.bared(paper.path) as bare:
            digest, size = files.keep(bare), bare.stat().st_size
        models.Paper.objects.create(
            id=new_id(now),
            application_id=application_id,
            subject_id=subject_id,
            kind=paper.kind.value,
            digest=digest,
            media=media,
            size=size,
            given_at=now,
        )
        digests.append(digest)
    return tuple(digests)


def bytes_of(digest: str) -> bytes:
    """Return the bytes of a kept paper."""
    with files.opened(digest, unlock=audit.unlock) as path:
        return path.read_bytes()


def _media(path: Path, *, field: str) -> str:
    document = files.find_document(path)
    if document is None:
        raise Refused(
            Refusal(
                code="REPAIR-PAPER",
                what="材料要是 PDF、JPEG 或者 PNG，每份最多 10 MB。",
                why="其他格式工作人员可能打不开。",
                next_step="请重新拍照或者扫描再上传，已经填写的内容还在。",
                field=field,
            )
        )
    return document.media
