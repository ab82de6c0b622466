"""Acts of several in one statement: each under its own signed context, whole or not at all."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from chengxin.audit import acts
from chengxin.audit import facade as audit
from chengxin.audit.tests.test_together import event_of, person, written
from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import OtherContext, acting
from chengxin.kernel.actor import Actor

ANN, BOB, EVE = person(1), person(2), person(3)


def act(actor: Actor, *events: Any, beside: Any = (), in_the_name_of: Actor | None = None) -> audit.Act:
    context = Context.of(in_the_name_of or actor, channel=Channel.SELF, purpose="own_archive")
    return audit.Act(context=context, drafts=audit.draft(events or [event_of(actor)]), beside=beside)


def test_acts_are_told_together_and_a_refused_one_leaves_nothing_and_holds_up_no_other(
    transactional_db: None, owner: psycopg.Connection[Any]
) -> None:
    bad_line = [("records_note", [{"id": str(uuid4())}])]
    with transaction.atomic():
        told = audit.write_acts(
            [
                act(ANN),
                act(EVE, event_of(EVE), event_of(ANN)),
                act(BOB, event_of(BOB), event_of(BOB)),
                act(EVE, beside=bad_line),
                act(EVE, in_the_name_of=BOB),
            ]
        )
        assert connection.cursor().execute("select guard.actor_key()").fetchone() == (None,)
    assert [type(one) for one in told] == [list, ProgrammingError, list, ProgrammingError, ProgrammingError]
    rows = written(owner)
    assert [(row[0], row[3]) for row in rows] == [(ANN.key, 1), (BOB.key, 2), (BOB.key, 3)]
    receipts = [one for part in told if isinstance(part, list) for one in part]
    assert [(one.writer_id, one.counter) for one in receipts] == [(row[2], row[3]) for row in rows]


def test_a_context_that_was_not_signed_for_this_session_writes_nothing(
    transactional_db: None, owner: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = acts.signed_apart
    for place, forge in ((0, lambda text: text.replace(ANN.key, BOB.key)), (1, lambda text: "0" * len(text))):

        def forged(*of: Any, place: int = place, forge: Any = forge) -> tuple[str, str]:
            parts = list(signed(*of))
            parts[place] = forge(parts[place])
            return parts[0], parts[1]

        monkeypatch.setattr(acts, "signed_apart", forged)
        with transaction.atomic():
            (refused,) = audit.write_acts([act(ANN)])
        assert isinstance(refused, ProgrammingError)
    assert written(owner) == []


def test_nobody_acts_beside_whoever_acts_already_or_outside_a_transaction(transactional_db: None) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        audit.write_acts([act(ANN)])
    with acting(Context.of(BOB, channel=Channel.SELF, purpose="own_archive")), pytest.raises(OtherContext):
        audit.write_acts([act(ANN)])
