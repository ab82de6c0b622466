"""Register that looks are withheld for a time, approve, lift and let lapse: PIPL 18 and 35, and nothing beyond."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Look, LookFilter
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref, Taken
from chengxin.consents import facade as consents
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.clock import legal_day
from chengxin.kernel.identifiers import IdentifierKind, NumberFault, check_number, compact, upgrade_id_no
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.looks import models
from chengxin.looks.contracts import Withholding
from chengxin.looks.grounds import LAW, grounds
from chengxin.looks.queries import CHALLENGE
from chengxin.looks.rules import may_be_withheld, why_not_withhold
from chengxin.notices import facade as notices
from chengxin.subjects import facade as subjects

PROCEDURE: Final = "look_restriction"
REGISTRAR: Final = platform("looks")
_MOST: Final = 200


def register_restriction(actor: Actor, asked: Withholding, *, now: datetime) -> Case:
    """Ask that the looks of one's body at a person under a case number be withheld (登记暂不显示).

    Nothing is withheld by asking: another person, in another post, approves. Looks to come are not covered.
    """
    resource = Resource(kind=PROCEDURE, body=actor.body)
    access.require(actor, action="look.restrict", resource=resource, purpose=PROCEDURE, now=now)
    on = legal_day(now)
    ground = grounds().get(asked.ground)
    longest = int(LAW.value(ground.cap, on=on, pack=settings.LAW_PACK).number) if ground else 0
    is_organ = actor.body not in {one.body for one in consents.list_grants(on=on)}
    refuse_if(why_not_withhold(asked, ground=ground, longest=longest, is_organ=is_organ, on=on))
    registration_id = new_id(now)
    looks = _write(actor, asked, registration_id=registration_id, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=PROCEDURE):
        return casework.open_case(
            PROCEDURE,
            # Without a subject: the case itself would tell the person what it keeps back.
            ref=Ref(kind=PROCEDURE, id=str(registration_id)),
            body=actor.body,
            opened_by=actor,
            facts=_facts(asked, looks),
            reasons=asked.reasons.strip(),
            now=now,
        )


def approve(taken: Taken) -> None:
    """Withhold the looks of a registration, in the transaction of the approval."""
    rows = models.Restriction.objects.filter(registration_id=UUID(taken.case.ref.id), approved_at__isnull=True)
    events = [str(event_id) for event_id in rows.values_list("event_id", flat=True)]
    is_late = str(taken.case.facts["ends_on"]) <= legal_day(taken.at).isoformat()
    is_known = any(casework.find_latest_case(CHALLENGE, ref_id=event_id) for event_id in events)
    if is_late or is_known or not rows.update(approved_by=taken.actor.key, approved_at=taken.at):
        raise Refused(
            Refusal(
                code="LOOK-HIDE-LATE",
                what="现在不能批准了。",
                why="截止日已到，或者当事人已经对这次查看提出过。",
                next_step="请退回申请。",
            )
        )


def end(taken: Taken) -> None:
    """Show what was withheld, because it was lifted or has lapsed, and tell the person that there is something new."""
    rows = models.Restriction.objects.filter(registration_id=UUID(taken.case.ref.id), ended_at__isnull=True)
    told = set(rows.values_list("subject_id", flat=True))
    rows.update(ended_at=taken.at)
    for subject_id in sorted(told):
        notices.serve(
            kind=f"{PROCEDURE}.ended",
            text="look_shown_again",
            parameters={},
            reference=taken.case.number,
            to_subject=subject_id,
            actor=taken.actor,
            now=taken.at,
        )


def lapse_restrictions(*, now: datetime) -> int:
    """Close the registrations whose last day has passed and tell their persons; return how many."""
    with access.acting_for(REGISTRAR, channel=Channel.JOB, purpose=PROCEDURE):
        ended = models.Restriction.objects.filter(
            approved_at__isnull=False, ended_at__isnull=True, ends_on__lte=legal_day(now)
        )
        registrations = list(ended.order_by("registration_id").values_list("registration_id", flat=True).distinct())
        cases = [casework.find_open_case(PROCEDURE, ref_id=str(one)) for one in registrations]
    for case in cases:
        if case is not None:
            casework.carry_out(case.id, verb="lapse", actor=REGISTRAR, now=now)
    return len(cases)


def _write(actor: Actor, asked: Withholding, *, registration_id: UUID, now: datetime) -> Sequence[Look]:
    """Write down which looks are asked for, each by its event; who the person is leaves with nobody."""
    with access.acting_for(REGISTRAR, channel=Channel.JOB, purpose=PROCEDURE):
        subject_id = _person(asked.number)
        looks = _looks_of(subject_id, body=actor.body, reference=asked.reference.strip()) if subject_id else []
        if not looks or subject_id is None:
            raise Refused(
                Refusal(
                    code="LOOK-HIDE-NONE",
                    what="本单位没有以这个案件编号查看过这个人，或者这些查看已经不能暂不显示。",
                    why="只能登记已经发生的查看；当事人已经知道的、登记过的不能再登记。",
                    next_step="请核对号码和案件编号。",
                    field="reference",
                )
            )
        models.Restriction.objects.bulk_create(
            models.Restriction(
                id=new_id(now),
                registration_id=registration_id,
                event_id=look.event_id,
                subject_id=subject_id,
                looked_on=legal_day(look.at),
                body=actor.body,
                ground=asked.ground,
                ends_on=asked.ends_on,
                proposed_by=actor.key,
                proposed_at=now,
            )
            for look in looks
        )
    return looks


def _person(number: str) -> UUID | None:
    number = upgrade_id_no(compact(number))
    fault = check_number(number, kind=IdentifierKind.ID_NO)
    if fault is not NumberFault.NONE:
        raise Refused(Refusal(code=fault.code, what="{fault}。", field="number", values={"fault": fault.message}))
    found = subjects.find_by_number(IdentifierKind.ID_NO, number)
    return found.id if found else None


def _looks_of(subject_id: UUID, *, body: str, reference: str) -> list[Look]:
    """Return the looks of a body at a person under a case number that can still be withheld."""
    found = audit.list_looks(subject_id, limit=_MOST, chosen=LookFilter(body=body, reference=reference))
    once = models.Restriction.objects.filter(subject_id=subject_id, approved_at__isnull=False)
    used = set(once.values_list("event_id", flat=True))
    return [
        look
        for look in found
        if may_be_withheld(look)
        and look.event_id not in used
        and casework.find_latest_case(CHALLENGE, ref_id=str(look.event_id)) is None
    ]


def _facts(asked: Withholding, looks: Sequence[Look]) -> dict[str, object]:
    return {
        "ground": asked.ground,
        "article": asked.article.strip(),
        "reference": asked.reference.strip(),
        "ends_on": asked.ends_on.isoformat(),
        "looks": len(looks),
        "moments": [look.at.isoformat() for look in looks[:20]],
    }
