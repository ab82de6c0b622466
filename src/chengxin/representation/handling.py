"""What the credit office reads of an application: opened with an event that both sides see, and found by its number."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

import orjson
from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind, Sealed, Search
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Panel
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.identifiers import IdentifierKind
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.representation import models
from chengxin.representation.applying import PROCEDURE, aad_of, absent
from chengxin.representation.contracts import Ground, Opened
from chengxin.representation.display import ground_name
from chengxin.representation.queries import application_of, name_aad
from chengxin.subjects import facade as subjects
from chengxin.ui.facade import Fact, Link

HANDLING: Final = "representation_handling"
BASIS: Final = ("PIPL/49", "PIPL/50", "CC/23")
_GONE: Final = Refusal(
    code="REP-GONE",
    what="申请的内容已经按保存期限销毁。",
    why="办结三年以后只留编号、依据和办理记录。",
    next_step="请看办理进程里的理由。",
    basis=("PIPL/19",),
)


def open_application(actor: Actor, case_id: UUID, *, now: datetime) -> Opened:
    """Return what an applicant wrote, for the office that checks it, and note whom it is about once they are found.

    Applicant and whom it is about both see the look; a number that came with another name is a near miss.
    """
    case = _access_handled(actor, case_id, now=now)
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=HANDLING, case_ref=case.number):
        row = models.Application.objects.select_for_update().filter(case_id=case.id).first()
        if row is None:
            raise Refused(absent())
        if not row.sealed:
            raise Refused(_GONE)
        told, applicant = _open(row, actor=actor, now=now)
        content = orjson.loads(told)
        if row.ward_id is None and row.closed_at is None:
            _find(row, content["name"], content["number"], applicant=applicant, actor=actor, now=now)
        return Opened(
            application=application_of(row),
            name=content["name"],
            number=content["number"],
            interest=content["interest"],
            applicant=applicant.decode(),
            until=row.until,
            is_known=row.ward_id is not None,
        )


def case_panel(case: Case, *, actor: Actor, now: datetime) -> Panel:  # noqa: ARG001 - as casework calls it
    """Return the panel of an application on its case page: the ground, and the way to what was written."""
    facts = [Fact(name=_("代办依据"), value=ground_name(Ground(str(case.facts["ground"]))))]
    links = []
    if case.body == actor.body and actor.has(Role.CASE_OFFICER):
        links.append(Link(text=_("看申请的内容"), url=reverse("representation_check", args=[case.id]), strong=True))
    return Panel(template="representation/panel.html", context={"facts": facts, "links": links})


def _access_handled(actor: Actor, case_id: UUID, *, now: datetime) -> Case:
    with access.acting_for(actor, channel=Channel.BODY, purpose="case_handling"):
        case = casework.access_case(case_id, actor=actor)
    if case.procedure != PROCEDURE:
        raise Refused(absent())
    resource = Resource(kind="case", body=case.body, subject_id=case.ref.subject_id)
    access.require(actor, action="representation.check", resource=resource, purpose=HANDLING, now=now)
    return case


def _open(row: models.Application, *, actor: Actor, now: datetime) -> tuple[bytes, bytes]:
    name = subjects.current_name(row.subject_id)
    assert name is not None  # Only a person applies.
    key = subjects.wrapped_keys([row.subject_id]).get(row.subject_id, b"")
    written = Sealed(subject_id=row.subject_id, wrapped_key=key, aad=aad_of(row.id), ciphertext=bytes(row.sealed))
    told, applicant = audit.disclose(
        [written, name],
        actor=actor,
        now=now,
        purpose=HANDLING,
        channel=Channel.OFFICE,
        basis=BASIS,
        reference=row.number,
        categories=("representation.application",),
    )
    return told, applicant


def _find(row: models.Application, name: str, number: str, *, applicant: bytes, actor: Actor, now: datetime) -> None:
    """Note whom an application is about: whose number it is, if the name is theirs too; they see that it was asked."""
    ward = subjects.find_by_number(IdentifierKind.ID_NO, number)
    if ward is None or ward.id == row.subject_id:
        return
    if not subjects.has_name(ward.id, name):
        told = {"by": Search.NUMBER, "actor": actor, "purpose": HANDLING, "channel": Channel.OFFICE, "now": now}
        audit.record_events(audit.near_misses([ward.id], reference=row.number, **told))  # type: ignore[arg-type]
        return
    audit.record_event(
        Event(
            kind=Kind.VERIFY,
            actor=actor,
            at=now,
            purpose=HANDLING,
            channel=Channel.OFFICE,
            subject_id=ward.id,
            basis=BASIS,
            reference=row.number,
            categories=("identity",),
        )
    )
    (row.sealed_name,) = subjects.seal_many([ward.id], [applicant], aads=[name_aad(row.id)])
    row.ward_id = ward.id
    row.save(update_fields=["ward_id", "sealed_name"])
