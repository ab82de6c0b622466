"""What the verbs of the two procedures bring about; no step of the procedure can be passed over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from django.conf import settings

from chengxin.casework import facade as casework
from chengxin.casework.contracts import Step, Taken
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import ItemVersion
from chengxin.database.contracts import Channel
from chengxin.determinations import models
from chengxin.determinations.actions import absent, require_handling
from chengxin.determinations.contracts import Determination, Entered, Served
from chengxin.determinations.drafts import Cells, needs_finality, open_drafts, whole_cells
from chengxin.determinations.rules import remedies_of, why_not_enter, why_not_propose
from chengxin.intake import facade as intake
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.records import facade as records

Also = Callable[[Determination], Cells]


def require_notice(taken: Taken) -> None:
    """Refuse to call a notice served that was not served with a day and a proof."""
    row = _locked(taken)
    if row.noticed_on is None or row.notice_proof not in taken.evidence:
        raise Refused(_on_its_page())


def require_heard(taken: Taken) -> None:
    """Refuse to propose before a served notice and the time to be heard."""
    require_heard_since(_locked(taken).noticed_on, taken)


def require_heard_after(told_by: str, taken: Taken) -> None:
    """Refuse to go on before whom the newest step of a verb told had the time to be heard; for any procedure."""
    steps = casework.timeline(taken.case.id, actor=taken.actor)
    _require_heard(max(legal_day(step.at) for step in steps if step.verb == told_by), steps, taken)


def require_heard_since(told_on: date | None, taken: Taken) -> None:
    """Refuse to go on before whoever was told on a day stated their case, or the time for it is over."""
    _require_heard(told_on, casework.timeline(taken.case.id, actor=taken.actor), taken)


def _require_heard(told_on: date | None, steps: Sequence[Step], taken: Taken) -> None:
    has_stated = any(step.verb == "state" for step in steps)
    refuse_if(why_not_propose(told_on, has_stated=has_stated, on=legal_day(taken.at), pack=settings.LAW_PACK))


def decide(taken: Taken) -> None:
    """Write who signed and when; the database wants a served notice and another person than the drafter."""
    row = _locked(taken)
    row.decided_on, row.decided_by = legal_day(taken.at), taken.actor.key
    row.save(update_fields=["decided_on", "decided_by"])


def require_service(taken: Taken) -> None:
    """Refuse to call a decision served that was not served with a day and a proof."""
    row = _locked(taken)
    if row.served_on is None or row.service_proof not in taken.evidence:
        raise Refused(_on_its_page())


def enter(taken: Taken, *, also: Also | None = None) -> Entered:
    """Enter the decision as a determined record through `intake`, once it can no longer be contested.

    `also` returns fields that only the day of the decision fills in.
    """
    row = _locked(taken)
    on = legal_day(taken.at)
    item = catalogue.get_item(row.item_code, on=on)
    refuse_if(why_not_enter(row.served_on, needs_finality=needs_finality(item), on=on, pack=settings.LAW_PACK))
    assert row.served_on is not None
    entered = _enter(taken, row, item, told_on=row.served_on, also=also)
    row.record_id = entered.record_id
    row.save(update_fields=["record_id"])
    return entered


def enter_settled(taken: Taken, *, also: Also) -> Entered:
    """Enter what a course ended with that decides nothing against its subject: there is no decision to be served.

    It was told by the notice and confirmed by another person; `also` returns the fields that say how it ended. The row
    keeps no record: what it names is a decision that can be undone.
    """
    row = _locked(taken)
    if row.noticed_on is None:
        raise Refused(_on_its_page())
    item = catalogue.get_item(row.item_code, on=legal_day(taken.at))
    return _enter(taken, row, item, told_on=row.noticed_on, also=also)


def _enter(taken: Taken, row: models.Determination, item: ItemVersion, *, told_on: date, also: Also | None) -> Entered:
    assert row.decided_on is not None
    basis = require_handling(taken.actor, row, now=taken.at)
    (found,) = open_drafts([row], actor=taken.actor, channel=Channel.INTAKE, basis=basis, now=taken.at)
    cells = whole_cells(
        item,
        {**found.cells, **(also(found) if also else {})},
        body=row.body,
        decided_on=row.decided_on,
        served_on=told_on,
        over_on=remedies_of(told_on, pack=settings.LAW_PACK).over_on,
    )
    _, record_id = intake.file_row(
        cells, item_code=row.item_code, approved_by=row.decided_by, actor=taken.actor, now=taken.at
    )
    return Entered(determination_id=row.id, subject_id=row.subject_id, record_id=record_id, cells=found.cells)


def draft_of(taken: Taken) -> Determination:
    """Return the decision a verb is about with its draft opened for whoever handles it."""
    row = _locked(taken)
    basis = require_handling(taken.actor, row, now=taken.at)
    (found,) = open_drafts([row], actor=taken.actor, channel=Channel.INTAKE, basis=basis, now=taken.at)
    return found


def served_of(taken: Taken) -> Served:
    """Return the days, people and proof of a decision that was served; raises when it was not."""
    row = _locked(taken)
    if row.noticed_on is None or row.decided_on is None or row.served_on is None:
        raise Refused(_on_its_page())
    return Served(
        id=row.id,
        subject_id=row.subject_id,
        body=row.body,
        drafted_by=row.drafted_by,
        noticed_on=row.noticed_on,
        decided_by=row.decided_by,
        decided_on=row.decided_on,
        served_on=row.served_on,
        service_proof=row.service_proof,
    )


def undo(taken: Taken) -> None:
    """Withdraw the record of an undone decision from every way out, and tell whoever received it."""
    row = _locked(taken)
    if row.record_id is None or row.undone_at is not None:
        raise Refused(absent())
    require_handling(taken.actor, row, now=taken.at)
    records.withdraw(
        subject_id=row.subject_id,
        record_id=row.record_id,
        reason=taken.reasons,
        reference=taken.case.number,
        actor=taken.actor,
        now=taken.at,
    )
    row.undone_at = taken.at
    row.save(update_fields=["undone_at"])


def _locked(taken: Taken) -> models.Determination:
    row = models.Determination.objects.select_for_update().filter(id=UUID(taken.case.ref.id)).first()
    if row is None:
        raise Refused(absent())
    return row


def _on_its_page() -> Refusal:
    return Refusal(
        code="DET-SERVE-THERE",
        what="送达要填写日期并上传凭证。",
        why="没有凭证不能算作送达，期限从送达之日起算。",
        next_step="请在这件认定自己的页面办理送达。",
    )
