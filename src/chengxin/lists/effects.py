"""What the verbs of listing and delisting bring about; the course itself is that of every adverse decision."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.conf import settings

from chengxin.casework.contracts import Taken
from chengxin.determinations import facade as determinations
from chengxin.determinations.contracts import Determination
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.lists import models
from chengxin.lists.contracts import Kind
from chengxin.lists.founding import find_basis, listing_facts
from chengxin.lists.gates import why_not_listing
from chengxin.lists.kinds import get_kind
from chengxin.lists.rules import term_of
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind


def propose(taken: Taken) -> None:
    """Refuse to propose before the notice was served and heard, or when what it rests on has fallen since."""
    determinations.require_heard(taken)
    _require_founded(taken)


def decide(taken: Taken) -> None:
    """Write who signed; what the listing rests on is asked again."""
    _require_founded(taken)
    determinations.decide(taken)


def enter(taken: Taken) -> None:
    """Enter the decision as a record of the list's item, with the last day of its term, and note what it rests on."""
    kind = _kind(taken)
    _require_founded(taken)

    def until(found: Determination) -> Mapping[str, str]:
        assert found.decided_on is not None
        return {"valid_until": term_of(kind, found.decided_on, pack=settings.LAW_PACK).last_day.isoformat()}

    entered = determinations.enter(taken, also=until)
    models.Listing.objects.create(
        id=entered.determination_id,
        kind=kind.code,
        subject_id=entered.subject_id,
        record_id=entered.record_id,
        basis_record_id=UUID(str(taken.case.facts["basis_record"])),
        body=taken.case.body,
        entered_at=taken.at,
    )


def require_heard(taken: Taken) -> None:
    """Refuse to keep an applicant on a list before the time to state a case against the proposal is over."""
    determinations.require_heard_after("propose_refusal", taken)


def take_off(taken: Taken) -> None:
    """Take an entry off its list: the mark bars every outlet in this transaction, and who received it is told."""
    row = models.Entry.objects.filter(id=UUID(taken.case.ref.id), ended_at__isnull=True).first()
    if row is None:
        raise Refused(Refusal(code="LIST-ENDED", what="这一条已经不在名单上。", next_step="请撤回这个申请。"))
    records.mark(
        subject_id=row.subject_id,
        record_id=row.record_id,
        kind=MarkKind.REPAIRED,
        reason=taken.reasons,
        reference=taken.case.number,
        actor=taken.actor,
        now=taken.at,
    )


def _require_founded(taken: Taken) -> None:
    found = determinations.draft_of(taken)
    kind = _kind(taken)
    basis = find_basis(found.subject_id, UUID(str(taken.case.facts["basis_record"])), at=taken.at)
    facts = listing_facts(kind, found.cells, basis=basis, body=found.body)
    refuse_if(why_not_listing(facts, on=legal_day(taken.at), pack=settings.LAW_PACK))


def _kind(taken: Taken) -> Kind:
    return get_kind(str(taken.case.facts["kind"]))
