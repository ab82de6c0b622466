"""Answer whether a name and a number agree (身份核验): three answers, and the same one for absent and refused."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.access.contracts import Deny, Resource
from chengxin.access.facade import decide
from chengxin.crypto import facade as crypto
from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting
from chengxin.kernel.actor import Actor
from chengxin.kernel.identifiers import IdentifierKind, NumberFault, check_number, compact, upgrade_id_no
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.subjects import models
from chengxin.subjects.contracts import Answer, SubjectStatus
from chengxin.subjects.events import record_verification
from chengxin.subjects.naming import number_column
from chengxin.subjects.queries import has_name

ACTION = "identity.verify"


def verify(kind: IdentifierKind, *, number: str, name: str, actor: Actor, purpose: str, now: datetime) -> Answer:
    """Tell a registered client whether a current name belongs to a number; the answer follows its event's commit.

    Raises `Refused` only for what the client itself wrote wrong (a bad check digit), which says nothing of anybody.
    """
    number = compact(number)
    number = upgrade_id_no(number) if kind is IdentifierKind.ID_NO else number
    fault = check_number(number, kind=kind)
    if fault is not NumberFault.NONE:
        raise Refused(Refusal(code=fault.code, what="{fault}。", field="number", values={"fault": fault.message}))
    permission = decide(
        actor, action=ACTION, resource=Resource(kind="identity", body=actor.body), purpose=purpose, now=now
    )
    refused = permission.refusal.code if isinstance(permission, Deny) else ""
    with acting(Context.of(actor, channel=Channel.BODY, purpose=purpose)):
        subject_id, is_answerable = _find(kind, number)
        # The comparison is made in any case, so that the time it takes tells nothing.
        agrees = has_name(subject_id or UUID(int=0), name)
        if not refused and subject_id is not None and not is_answerable:
            refused = "E-SUB-26"
        record_verification(
            subject_id,
            agrees=agrees,
            actor=actor,
            now=now,
            purpose=purpose,
            channel=Channel.BODY,
            refused_because=refused,
        )
    if refused or subject_id is None:
        return Answer.UNABLE
    return Answer.SAME if agrees else Answer.DIFFERENT


def _find(kind: IdentifierKind, number: str) -> tuple[UUID | None, bool]:
    """Return whose live number it is, and whether the platform may answer for that subject."""
    blind = crypto.blind(number_column(kind), number)
    row = (
        models.Identifier.objects.filter(kind=kind.value, blind=blind, valid_until=None)
        .values_list("subject_id", "subject__status")
        .first()
    )
    if row is None:
        return None, False
    return row[0], row[1] in {SubjectStatus.ACTIVE, SubjectStatus.CEASED}
