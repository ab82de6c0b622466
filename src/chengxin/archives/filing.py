"""Fill in applications for a person who stands at the counter (窗口代填): old people, people without a phone.

The person is identified as for a report. From then on the clerk's session acts for them, within the scopes of a
representative and through that door, for an hour at most (`representation.attending`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from chengxin.access import facade as access
from chengxin.archives.bodies import body_name
from chengxin.archives.hall import Claim, identify, may_serve, write_down
from chengxin.archives.models import CounterVisit
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel as Door
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.codes import new_number
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.representation import facade as representation
from chengxin.representation.contracts import Ground, Mandate

ACTION: Final = "filing.begin_at_counter"


def may_file(actor: Actor, *, now: datetime) -> None:
    """Refuse whoever is no hall clerk of a body."""
    may_serve(actor, now=now, action=ACTION, purpose=representation.FILING)


def begin_filing(actor: Actor, claim: Claim, *, now: datetime) -> Mandate:
    """Identify the person and let the clerk fill in for them; the visit itself is over with it, and opens no report."""
    purpose = representation.FILING
    may_file(actor, now=now)
    subject_id = identify(actor, claim, now=now, purpose=purpose)
    visit_id, number = new_id(now), new_number("CK", day=legal_day(now))
    with access.acting_for(
        actor, channel=Door.COUNTER, purpose=purpose, case_ref=str(visit_id), attended_id=subject_id
    ):
        write_down(actor, visit_id, claim, now=now, subject_id=subject_id, code=number)
        mandate = representation.attend(
            actor,
            subject_id,
            number=number,
            visit_id=visit_id,
            place=body_name(actor.body),
            identified=f"present:{claim.document}",
            now=now,
        )
        CounterVisit.objects.filter(id=visit_id).update(downloaded_at=now)
    if representation.find_live(actor, mandate.id, subject_id, now=now) is None:
        representation.leave(actor, mandate.id, now=now)
        raise Refused(_not_by_themselves())
    return mandate


def list_filed(actor: Actor, *, now: datetime) -> list[Case]:
    """Return what the clerk filed for the person before them in this turn, the first first."""
    if not actor.is_representative or actor.ground != Ground.COUNTER or actor.subject_id is None:
        raise Refused(
            Refusal(code="HALL-NOBODY", what="现在没有在替谁填写。", next_step="请先在“窗口代填”里核对证件原件。")
        )
    since = now - representation.LASTS
    with access.acting_for(actor, channel=Door.SELF, purpose=representation.FILING):
        found = casework.list_cases_about(actor.subject_id)
    return [case for case in reversed(found) if case.opened_by == actor.key and case.opened_at > since]


def _not_by_themselves() -> Refusal:
    return Refusal(
        code="HALL-UNABLE",
        what="没有办成：窗口不能替这位办理人填写。",
        why="登记的状态不是本人可以自行办理的状态。",
        next_step="请联系信用办。",
    )
