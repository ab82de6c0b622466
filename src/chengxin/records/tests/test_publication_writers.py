"""Who may write a publication: its source body or the platform, nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import ProgrammingError, connection, transaction
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import Office, accept, ground, hand_in, market, open_office
from chengxin.intake.tests.test_main_job import FIRM, HEAD
from chengxin.kernel.actor import ANYONE

__all__ = ["accept", "ground", "hand_in", "market"]
END = "update records_publication set ended_at = now(), ended_because = 'withdrawn'"


@world
def published(market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]) -> Office:
    assert accept(hand_in((HEAD + FIRM).encode(), market).id, market).published == 1
    return open_office("YTHB", "云汀市生态环境局", "92390101MA00000151", "390100", ("penalty",))


def test_another_body_and_the_public_cannot_end_a_publication(published: Office) -> None:
    for actor, channel, purpose in (
        (published.clerk, Channel.BODY, "correction"),
        (ANYONE, Channel.PUBLIC, "public_viewing"),
    ):
        with (
            access.acting_for(actor, channel=channel, purpose=purpose),
            pytest.raises(ProgrammingError, match="source body"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(END)
    assert standing() == 1


def test_without_a_context_nothing_is_written(published: Office) -> None:
    with pytest.raises(ProgrammingError, match="source body"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(END)
    assert standing() == 1


def standing() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from records_publication where ended_at is null")
        return int(cursor.fetchone()[0])
