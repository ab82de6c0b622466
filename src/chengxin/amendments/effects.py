"""What the verbs of an amendment bring about; no step can be passed over."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from chengxin.amendments import models, rules
from chengxin.amendments.actions import require_keeper
from chengxin.amendments.kinds import kind_of
from chengxin.amendments.queries import absent, amendment_of, comment_of, version_of
from chengxin.casework.contracts import Taken
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refused, refuse_if


def open_comment(taken: Taken) -> None:
    """Open a draft to everybody until the last day the law gives, if it can take effect in time after that."""
    row = _locked(taken)
    opened_on = legal_day(taken.at)
    row.opened_on = opened_on
    row.closes_on = rules.last_day_of_comment(opened_on, pack=settings.LAW_PACK)
    refuse_if(rules.why_not_in_time(row.effective_on, published_on=row.closes_on, pack=settings.LAW_PACK))
    row.save(update_fields=["opened_on", "closes_on"])


def require_complete(taken: Taken) -> None:
    """Refuse to send for decision what was not open long enough, answered and assessed."""
    row = _locked(taken)
    comments = [comment_of(one) for one in models.Comment.objects.filter(amendment_id=row.id).order_by("id")]
    amendment = amendment_of(row, state=taken.case.state)
    refuse_if(rules.why_not_propose(amendment, comments, on=legal_day(taken.at)))


def approve(taken: Taken) -> None:
    """Publish the version: it takes effect by itself on its first day, in every process, without a deployment."""
    row = _locked(taken)
    today = legal_day(taken.at)
    refuse_if(rules.why_not_in_time(row.effective_on, published_on=today, pack=settings.LAW_PACK))
    row.item_version_id = kind_of(row.item_code).publish(version_of(row), row.number, taken.at)
    _decide(row, taken)


def refuse(taken: Taken) -> None:
    """Write why there is no new version."""
    _decide(_locked(taken), taken)


def _decide(row: models.Amendment, taken: Taken) -> None:
    row.decided_by, row.decided_at, row.decision_reasons = taken.actor.key, taken.at, taken.reasons.strip()
    row.save(update_fields=["decided_by", "decided_at", "decision_reasons", "item_version_id"])


def _locked(taken: Taken) -> models.Amendment:
    require_keeper(taken.actor, now=taken.at)
    row = models.Amendment.objects.select_for_update().filter(id=UUID(taken.case.ref.id)).first()
    if row is None:
        raise Refused(absent())
    return row
