"""Say, as whom it is about, that it is not so (情况不实): before it is registered and after, and what comes of it."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Panel, Ref, Step, Taken
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refused, refuse_if
from chengxin.notices import facade as notices
from chengxin.representation import models
from chengxin.representation.actions import own
from chengxin.representation.applying import absent, tell_person
from chengxin.representation.contracts import Ground, Standing
from chengxin.representation.display import ground_name
from chengxin.representation.queries import PURPOSE, mandate_of
from chengxin.representation.rules import STANDS
from chengxin.ui.facade import Fact, Link

CONTEST: Final = "representation_contest"


def contest(actor: Actor, number: str, *, now: datetime) -> None:
    """Say that it is not so: nobody decides before the person was heard, and what was registered rests.

    It lets a registration rest once; who says so again after two officers let it stand has a case, and no pause.
    """
    me, subject_id = own(actor, action="representation.contest", now=now)
    with access.acting_for(me, channel=Channel.SELF, purpose=PURPOSE), transaction.atomic():
        row = models.Application.objects.filter(number=number, ward_id=subject_id).first()
        if row is None:
            raise Refused(absent())
        about = _before(row, now=now) if row.closed_at is None else _after(row, me=me, now=now)
        tell_person(me, subject_id, row.number, category="representation.contest", now=now)
        notices.serve(
            kind="representation.contest",
            text="representation_contested" if about == row.number else "representation_contested_later",
            parameters={"number": about},
            reference=about,
            to_body=row.body,
            actor=me,
            now=now,
        )


def own_contest(actor: Actor, number: str, *, now: datetime) -> tuple[Case, list[Step]]:
    """Return the case in which one said of a registration that it is not so, with its steps."""
    me, _subject = own(actor, action="representation.read", now=now)
    with access.acting_for(me, channel=Channel.SELF, purpose=PURPOSE):
        case = casework.find_case(number, actor=me)
        if case is None or case.procedure != CONTEST:
            raise Refused(absent())
        return case, casework.timeline(case.id, actor=me)


def case_panel(case: Case, *, actor: Actor, now: datetime) -> Panel:  # noqa: ARG001 - as casework calls it
    """Return the panel of a contest on its case page: the ground, and the way to the registration it is about."""
    facts = [
        Fact(name=_("代办依据"), value=ground_name(Ground(str(case.facts["ground"])))),
        Fact(name=_("登记编号"), value=str(case.facts["registration"])),
    ]
    links = []
    if case.body == actor.body and actor.has(Role.CASE_OFFICER):
        address = reverse("casework_case", args=[case.facts["registration_case"]])
        links.append(Link(text=_("打开登记的案件"), url=address, strong=True))
    return Panel(template="representation/panel.html", context={"facts": facts, "links": links})


def keep(taken: Taken) -> None:
    """Let a registration stand that was contested: its holder acts again, and is told."""
    registered = UUID(str(taken.case.facts["registration_case"]))
    models.Mandate.objects.filter(id=UUID(taken.case.ref.id), ended_at=None).update(rests_since=None)
    notices.serve(
        kind=f"{taken.case.procedure}.{taken.verb}",
        text="representation_resumed",
        parameters={"number": str(taken.case.facts["registration"])},
        reference=taken.case.number,
        to_subject=casework.access_case(registered, actor=taken.actor).ref.subject_id,
        actor=taken.actor,
        now=taken.at,
    )


def uphold(taken: Taken) -> None:
    """Settle a contest whose registration is over; while it stands, two officers end it in its own case."""
    standing = mandate_of(models.Mandate.objects.get(id=UUID(taken.case.ref.id))).standing(legal_day(taken.at))
    refuse_if(STANDS if standing in {Standing.LIVE, Standing.RESTING} else None)


def _before(row: models.Application, *, now: datetime) -> str:
    models.Application.objects.filter(id=row.id).update(contested_at=now, heard_at=None)
    return row.number


def _after(row: models.Application, *, me: Actor, now: datetime) -> str:
    """Open the case of a registration that stands, and let it rest the first time; return the number."""
    mandate = models.Mandate.objects.filter(id=row.id).first()
    if mandate is None or mandate_of(mandate).standing(legal_day(now)) not in {Standing.LIVE, Standing.RESTING}:
        raise Refused(absent())
    found = casework.find_open_case(CONTEST, ref_id=str(row.id))
    if found is not None:
        return found.number
    case = casework.open_case(
        CONTEST,
        ref=Ref(kind=CONTEST, id=str(row.id), subject_id=mandate.subject_id),
        body=row.body,
        opened_by=me,
        facts={"ground": row.ground, "registration": row.number, "registration_case": str(row.case_id)},
        now=now,
    )
    is_first = not mandate.contest_number
    models.Mandate.objects.filter(id=row.id).update(
        contest_number=case.number, rests_since=now if is_first else mandate.rests_since
    )
    return case.number
