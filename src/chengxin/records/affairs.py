"""What recipients owe in public figures: an answer to each message about a record they received."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.conf import settings

from chengxin.casework.contracts import Affair, Turn, Words
from chengxin.consents import facade as consents
from chengxin.jobs import facade as jobs
from chengxin.kernel.clock import start_of
from chengxin.law.facade import cites
from chengxin.records.duties import answer_by
from chengxin.records.recall import bodies_of


@cites("HN/42", "SZ/37¶2")
def list_answers(*, since_on: date, today: date) -> Iterator[Turn]:
    """Return how bodies answered what became of records they received; inside the platform's context.

    These are figures of offices: whoever asks by a grant (banks, utilities) is named to the source alone.
    A message that has not arrived has no last day yet.
    """
    answered = jobs.list_answered("record.", since=start_of(since_on))
    bodies = bodies_of({one.recipient for one in answered})
    others = {grant.body for grant in consents.list_grants(on=today)}
    for one in answered:
        body = bodies.get(one.recipient, "")
        if body and body not in others:
            yield Turn(
                body=body,
                arrived_on=one.arrived_on,
                answered_on=one.answered_on,
                answer_by=answer_by(one.arrived_on, pack=settings.LAW_PACK),
                times=one.messages,
            )


AFFAIRS: Final = (
    Affair(
        code="record.answer",
        title=Words(zh="变动通知的回执", en="Answers to notices of change"),
        list_turns=list_answers,
    ),
)
