"""Read charters, members and acts as each may."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.associations import models
from chengxin.associations.contracts import KEEPING, Act, Charter, Member
from chengxin.associations.rules import ABSENT
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Step
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.refusal import Refused

OWN: Final = "own_archive"
PROCEDURE: Final = "association_act"


def is_association(body: str) -> bool:
    """Tell whether a body is a registered association."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose="public_viewing"):
        return bool(body) and models.Association.objects.filter(body=body).exists()


def list_charters(association: str) -> list[Charter]:
    """Return every version of a charter, the newest first."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose="public_viewing"):
        rows = models.Charter.objects.filter(association=association).order_by("-version")
        return [charter_of(row) for row in rows]


def list_members(actor: Actor) -> list[Member]:
    """Return the members of one's own association, by number."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=KEEPING):
        rows = models.Member.objects.filter(association=actor.body).order_by("number", "id")
        return [member_of(row) for row in rows]


def list_acts(actor: Actor, *, limit: int = 50) -> list[Act]:
    """Return the acts of one's own association, the newest first."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=KEEPING):
        rows = models.Act.objects.filter(association=actor.body).select_related("member", "charter")
        return [act_of(row) for row in rows.order_by("-id")[:limit]]


def list_own(actor: Actor) -> tuple[list[Member], list[Act]]:
    """Return one's own memberships and what associations did, the newest first."""
    if actor.subject_id is None:
        return [], []
    with access.acting_for(actor.as_person(), channel=Channel.SELF, purpose=OWN):
        members = models.Member.objects.filter(subject_id=actor.subject_id).order_by("-id")
        acts = models.Act.objects.filter(subject_id=actor.subject_id).select_related("member", "charter")
        return [member_of(row) for row in members], [act_of(row) for row in acts.order_by("-id")[:50]]


def get_own(actor: Actor, number: str) -> tuple[Act, Case, tuple[Step, ...]]:
    """Return one act against the asker with its case and its course, or refuse."""
    act = next((one for one in list_own(actor)[1] if one.number == number), None)
    if act is None:
        raise Refused(ABSENT)
    me = actor.as_person()
    with access.acting_for(me, channel=Channel.SELF, purpose=OWN):
        return act, casework.access_case(act.case_id, actor=me), tuple(casework.timeline(act.case_id, actor=me))


def newest_charter(association: str) -> Charter | None:
    """Return the charter in force, or None; inside the context of whoever asks."""
    row = models.Charter.objects.filter(association=association).order_by("-version").first()
    return charter_of(row) if row else None


def find_member(association: str, number: str) -> Member | None:
    """Return a member by its number, or None; inside the context of whoever asks."""
    row = models.Member.objects.filter(association=association, number=number.strip()).first()
    return member_of(row) if row else None


def is_member(association: str, subject_id: UUID) -> bool:
    """Tell whether an operator is a member now; inside the context of whoever asks."""
    return models.Member.objects.filter(association=association, subject_id=subject_id, left_on__isnull=True).exists()


def charter_of(row: models.Charter) -> Charter:
    """Return a charter as other packages see it."""
    return Charter(
        id=row.id, association=row.association, version=row.version, text=row.text, adopted_on=row.adopted_on
    )


def member_of(row: models.Member) -> Member:
    """Return a member as other packages see it."""
    return Member(
        id=row.id,
        association=row.association,
        subject_id=row.subject_id,
        number=row.number,
        name=row.name,
        joined_on=row.joined_on,
        left_on=row.left_on,
    )


def act_of(row: models.Act) -> Act:
    """Return an act as other packages see it."""
    return Act(
        id=row.id,
        number=row.number,
        case_id=row.case_id,
        member=member_of(row.member),
        charter=charter_of(row.charter),
        kind=row.kind,
        article=row.article,
        reasons=row.reasons,
        decided_on=row.decided_on,
        lifted_on=row.lifted_on,
    )
