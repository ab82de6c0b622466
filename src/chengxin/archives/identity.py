"""Who a subject is: the few facts of its identity an archive begins with, its name still sealed for a person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chengxin.audit.contracts import Sealed
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.subjects import facade as subjects


@dataclass(frozen=True, kw_only=True)
class Identity:
    """A subject's kind, name and code; `sealed_name` is a natural person's name before it is opened."""

    subject_id: UUID
    kind: SubjectKind
    wrapped_key: bytes
    name: str = ""
    uscc: str = ""
    sealed_name: Sealed | None = None


def get_own_identity(subject_id: UUID) -> Identity:
    """Return the identity of the subject who acts; row security shows nobody else's."""
    name = subjects.current_name(subject_id)
    if name is not None:
        return Identity(
            subject_id=subject_id, kind=SubjectKind.NATURAL_PERSON, wrapped_key=name.wrapped_key, sealed_name=name
        )
    subject = subjects.find_subject(subject_id)
    if subject is None:
        raise Refused(Refusal(code="ABSENT", what="没有找到您的档案。"))
    wrapped_key = subjects.wrapped_keys([subject_id]).get(subject_id, b"")
    return Identity(
        subject_id=subject_id, kind=subject.kind, wrapped_key=wrapped_key, name=subject.name, uscc=subject.uscc
    )
