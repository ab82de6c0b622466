"""What the verbs of a nomination and of a review bring about; no step can be passed over."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from chengxin.casework.contracts import Taken
from chengxin.catalogue import facade as catalogue
from chengxin.database.contracts import Channel
from chengxin.determinations import facade as determinations
from chengxin.honours import models, rules
from chengxin.honours.contracts import Answer, Obstacle, Outcome
from chengxin.honours.drafts import Draft, name_of, open_draft, row_of
from chengxin.honours.kinds import get_kind
from chengxin.honours.queries import only, require_handling
from chengxin.intake import facade as intake
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refused, refuse_if
from chengxin.records import facade as records


def agree_named(taken: Taken) -> None:
    """Write that the nominee agrees, and to being named."""
    _answer(taken, Answer.NAMED)


def agree_unnamed(taken: Taken) -> None:
    """Write that the nominee agrees to the honour and its record, and not to being named."""
    _answer(taken, Answer.UNNAMED)


def decline(taken: Taken) -> None:
    """Write that the nominee does not want it, and destroy the draft: nothing is recorded."""
    row = _locked(taken)
    row.answer, row.answered_at, row.closed_at = Answer.DECLINED, taken.at, taken.at
    _empty(row)
    row.save(update_fields=["answer", "answered_at", "closed_at", "sealed", "shown_name", "shown_story"])


def visit(taken: Taken) -> None:
    """Write that an officer checked the place on site (现场核查) and found it fit; what was seen are the reasons."""
    row = _locked(taken)
    if not get_kind(row.kind).needs_visit:
        raise Refused(rules.ABSENT)
    row.visited_on, row.visited_by = legal_day(taken.at), taken.actor.key
    row.save(update_fields=["visited_on", "visited_by"])


def publish(taken: Taken) -> None:
    """Begin the public notice (公示): named only where the nominee agreed to it, and on a clear check of today."""
    row, on = _locked(taken), legal_day(taken.at)
    refuse_if(rules.why_not_check(Answer(row.answer)))
    refuse_if(rules.why_not_clear(row.checked_on, _obstacles(row), on=on))
    refuse_if(rules.why_not_visited(get_kind(row.kind), row.visited_on))
    row.notice_from, row.notice_until = on, rules.notice_until(on, pack=settings.LAW_PACK)
    if row.answer == Answer.NAMED:
        draft = _draft(taken, row)
        row.shown_name, row.shown_story = name_of(draft), draft.story
    row.save(update_fields=["notice_from", "notice_until", "shown_name", "shown_story"])


def require_notice_over(taken: Taken) -> None:
    """Refuse to propose an award before the notice is over and every objection answered."""
    _require_undisputed(_locked(taken), taken)


def award(taken: Taken) -> None:
    """Award the honour (授予): a named officer signs, on a check of today, after a notice without open objections."""
    row, on = _locked(taken), legal_day(taken.at)
    refuse_if(rules.why_not_check(Answer(row.answer)))
    refuse_if(rules.why_not_clear(row.checked_on, _obstacles(row), on=on))
    _require_undisputed(row, taken)
    row.awarded_on, row.awarded_by = on, taken.actor.key
    row.valid_until = rules.valid_until(get_kind(row.kind), on, pack=settings.LAW_PACK)
    row.save(update_fields=["awarded_on", "awarded_by", "valid_until"])


def enter(taken: Taken) -> None:
    """File the award as a record, by the way of every record; from now on it is an honour."""
    row = _locked(taken)
    assert row.awarded_on is not None  # The state says so, and so does a constraint.
    assert row.valid_until is not None
    kind = get_kind(row.kind)
    item = catalogue.get_item(kind.item, on=legal_day(taken.at))
    cells = row_of(
        kind,
        item,
        _draft(taken, row),
        number=row.number,
        body=row.body,
        awarded_on=row.awarded_on,
        until=row.valid_until,
    )
    _, row.record_id = intake.file_row(
        cells, item_code=kind.item, approved_by=row.awarded_by, actor=taken.actor, now=taken.at
    )
    row.save(update_fields=["record_id"])


def refuse(taken: Taken) -> None:
    """Close a nomination without an award; nobody is shown any more."""
    row = _locked(taken)
    row.closed_at = taken.at
    _empty(row)
    row.save(update_fields=["closed_at", "sealed", "shown_name", "shown_story"])


def keep(taken: Taken) -> None:
    """Write that a review kept the honour, and when."""
    row = _locked(taken)
    row.reviewed_on = legal_day(taken.at)
    row.save(update_fields=["reviewed_on"])


def require_heard(taken: Taken) -> None:
    """Refuse to propose a withdrawal before its honoured was told and had the time to be heard."""
    determinations.require_heard_after("tell", taken)


def withdraw(taken: Taken) -> None:
    """Withdraw the honour (撤销): its record leaves every outlet in this transaction, and so does all that rests on it.

    A person is not named with a withdrawal; of an operator it is public that the honour was withdrawn.
    """
    row = _locked(taken)
    if row.record_id is None or row.withdrawn_at is not None or row.closed_at is not None:
        raise Refused(rules.ABSENT)
    records.withdraw(
        subject_id=row.subject_id,
        record_id=row.record_id,
        reason=taken.reasons,
        reference=taken.case.number,
        actor=taken.actor,
        now=taken.at,
    )
    row.withdrawn_at, row.shown_story = taken.at, ""
    row.shown_name = "" if row.is_person else row.shown_name
    row.save(update_fields=["withdrawn_at", "shown_name", "shown_story"])


def _answer(taken: Taken, said: Answer) -> None:
    row = _locked(taken)
    row.answer, row.answered_at = said, taken.at
    row.save(update_fields=["answer", "answered_at"])


def _require_undisputed(row: models.Nomination, taken: Taken) -> None:
    letters = models.Letter.objects.filter(nomination_id=row.id).values_list("outcome", flat=True)
    outcomes = [Outcome(one) for one in letters]
    refuse_if(rules.why_not_award(row.notice_until, outcomes, on=legal_day(taken.at)))


def _draft(taken: Taken, row: models.Nomination) -> Draft:
    basis = require_handling(taken.actor, body=row.body, now=taken.at)
    draft = open_draft(row, actor=taken.actor, channel=Channel.INTAKE, basis=basis, now=taken.at)
    if draft is None:
        raise Refused(rules.ABSENT)
    return draft


def _obstacles(row: models.Nomination) -> list[Obstacle]:
    return [Obstacle(one) for one in row.obstacles]


def _empty(row: models.Nomination) -> None:
    row.sealed, row.shown_name, row.shown_story = b"", "", ""


def _locked(taken: Taken) -> models.Nomination:
    return only(models.Nomination.objects.select_for_update().filter(id=UUID(taken.case.ref.id)))
