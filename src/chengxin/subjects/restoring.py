"""After a restore: a person erased since the backup was made has come back without a data key, and is erased again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from chengxin.kernel.actor import Actor
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.subjects import models
from chengxin.subjects.actions import erase
from chengxin.subjects.contracts import SubjectStatus


def list_keyless() -> list[UUID]:
    """Return the natural persons that are not erased and have no data key; runs under the channel job."""
    keys = models.SubjectKey.objects.filter(subject_id=OuterRef("id"))
    persons = models.Subject.objects.filter(kind=SubjectKind.NATURAL_PERSON.value)
    keyless = persons.exclude(status=SubjectStatus.ERASED.value).filter(~Exists(keys)).order_by("id")
    return list(keyless.values_list("id", flat=True))


def list_erased() -> list[UUID]:
    """Return the natural persons that were erased; runs under the channel job."""
    erased = models.Subject.objects.filter(status=SubjectStatus.ERASED.value).order_by("id")
    return list(erased.values_list("id", flat=True))


def erase_again(*, actor: Actor, now: datetime) -> int:
    """Erase every person without a data key, and return how many; runs under the channel job."""
    found = list_keyless()
    for subject_id in found:
        erase(subject_id, reasons="恢复备份后重新执行此前的删除", actor=actor, now=now)
    return len(found)


def list_wrapped(*, limit: int) -> dict[UUID, bytes]:
    """Return the newest wrapped data keys by subject, to try the key files on; runs under the channel job."""
    rows = models.SubjectKey.objects.order_by("-created_at", "subject_id")[:limit]
    return {subject_id: bytes(wrapped) for subject_id, wrapped in rows.values_list("subject_id", "wrapped")}
