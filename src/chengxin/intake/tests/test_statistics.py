"""Who reads a large batch has plans for its rows from the moment it is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.database.facade import refresh_statistics
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import Office
from chengxin.intake.tests.test_main_job import FIRM, HEAD, PERSON

TABLES = ["records_version", "records_publication", "subjects_subject", "subjects_identifier"]


def test_a_large_batch_brings_its_statistics_with_it(
    market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch], monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = hand_in((HEAD + FIRM + PERSON).encode(), market)
    monkeypatch.setattr("chengxin.intake.acceptance._MANY", 2)
    accept(batch.id, market)
    assert _counted() == {table: 1 if table == "records_publication" else 2 for table in TABLES}


def test_a_table_that_hardly_grew_keeps_its_statistics(
    market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]
) -> None:
    accept(hand_in((HEAD + FIRM + PERSON).encode(), market).id, market)
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"), connection.cursor() as cursor:
        assert refresh_statistics(cursor, ["records_version"], added=1) == 1
        assert refresh_statistics(cursor, ["records_version"], added=0) == 0


def test_nobody_refreshes_statistics_without_acting_and_no_table_of_another_schema(market: Office) -> None:
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"), connection.cursor() as cursor:
        assert refresh_statistics(cursor, ["pg_catalog.pg_class", "vendor.django_session"], added=10**9) == 0
    refused = pytest.raises(ProgrammingError, match="signed context")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        refresh_statistics(cursor, TABLES, added=1)


def _counted() -> dict[str, int]:
    """Return how many rows the planner believes each table to have."""
    with connection.cursor() as cursor:
        cursor.execute("select relname, reltuples::int from pg_class where relname = any(%s)", [TABLES])
        return dict(cursor.fetchall())
