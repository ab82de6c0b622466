"""What the verbs of a breach bring about: nothing is passed over, and the persons are told what the law lists."""

from __future__ import annotations

from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.breaches import models
from chengxin.breaches.actions import absent
from chengxin.breaches.reading import contents_of
from chengxin.casework.contracts import Taken
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.law.facade import cites
from chengxin.notices import facade as notices


def require_assessed(taken: Taken) -> None:
    """Refuse to go on before it is known what, why, with what harm, and what was done."""
    if _row(taken).assessment is None:
        raise Refused(_missing("还没有评估。", "请在事件页填写评估。"))


def require_reported(taken: Taken) -> None:
    """Refuse to call reported what has no authority, number and day."""
    if _row(taken).authority_on is None:
        raise Refused(_missing("还没有登记向主管部门的报告。", "请在事件页登记报告的部门、文号和日期。"))


def require_contained(taken: Taken) -> None:
    """Refuse to wave through or close what nothing was done about."""
    row = _row(taken)
    remedies = (row.assessment or {}).get("remedies", [])
    if not remedies and not models.Stop.objects.filter(incident_id=row.id).exists():
        raise Refused(_missing("还没有任何补救措施。", "请先停用相关账户或者接口，或者在评估里写明补救措施。"))


@cites("PIPL/57", "NDR/11")
def tell_persons(taken: Taken) -> None:
    """Serve each person the notice with everything the law lists."""
    row = _row(taken)
    waiting = list(models.Person.objects.filter(incident_id=row.id, told_at__isnull=True).order_by("subject_id"))
    told = contents_of(row.assessment or {}, number=row.number, found_on=row.found_on, on=taken.at)
    for person in waiting:
        notices.serve(
            to_subject=person.subject_id,
            kind="breach.told",
            text="breach_told",
            parameters=told,
            reference=row.number,
            actor=taken.actor,
            now=taken.at,
        )
    models.Person.objects.filter(incident_id=row.id, told_at__isnull=True).update(told_at=taken.at)
    row.told_at, row.told_by = taken.at, taken.actor.key
    row.save(update_fields=["told_at", "told_by"])


@cites("PIPL/57")
def waive(taken: Taken) -> None:
    """Write why the persons are not told: measures effectively avoided the harm, and another person decided so."""
    row = _row(taken)
    row.waived_at, row.waived_by, row.waived_because = taken.at, taken.actor.key, taken.reasons.strip()
    row.save(update_fields=["waived_at", "waived_by", "waived_because"])


def _row(taken: Taken) -> models.Incident:
    access.require(
        taken.actor,
        action="breach.read",
        resource=Resource(body=taken.actor.body),
        purpose="breach_handling",
        now=taken.at,
    )
    row = models.Incident.objects.select_for_update().filter(id=UUID(taken.case.ref.id)).first()
    if row is None:
        raise Refused(absent())
    return row


def _missing(what: str, next_step: str) -> Refusal:
    return Refusal(
        code="BREACH-MISSING",
        what=what,
        why="发生泄露要立即补救，报告主管部门，并把法定内容告知个人。",
        next_step=next_step,
        basis=("PIPL/57",),
    )
