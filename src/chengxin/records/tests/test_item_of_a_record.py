"""No record without a catalogue item: PostgreSQL asks once a statement, and one block settles itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import ProgrammingError, connection, transaction

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import Office, accept, ground, hand_in, market
from chengxin.intake.tests.test_main_job import FIRM, HEAD, PERSON

__all__ = ["accept", "ground", "hand_in", "market"]
_AGAIN = """
    insert into records_version
    select (jsonb_populate_record(v, jsonb_build_object(
        'item_id', %s::smallint, 'version', 2, 'row_key', '\\x00'))).* from records_version v
"""
_UNKNOWN = 30_000


def test_redline_01_the_database_takes_no_record_of_an_item_that_is_not_in_the_catalogue(
    market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]
) -> None:
    done = accept(hand_in((HEAD + FIRM).encode(), market).id, market)
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"), connection.cursor() as cursor:
        cursor.execute("select item_id, content from records_version")
        ((item_id, content),) = cursor.fetchall()
        assert "null" not in content
        with pytest.raises(ProgrammingError, match="row-level security policy"), transaction.atomic():
            cursor.execute(_AGAIN, [_UNKNOWN])
        cursor.execute("select count(*) from records_version")
        assert cursor.fetchone() == (done.accepted,) == (1,)
        cursor.execute(_AGAIN, [item_id])
        assert cursor.rowcount == 1


def test_one_block_holds_what_is_new_what_repeats_and_what_corrects(
    market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]
) -> None:
    accept(hand_in((HEAD + FIRM + PERSON).encode(), market).id, market)
    changed = FIRM.replace("罚款一万元", "罚款两万元").replace(",1.0,", ",2.0,")
    done = accept(hand_in((HEAD + changed + PERSON + FIRM.replace("〕1号", "〕9号")).encode(), market).id, market)
    assert (done.accepted, done.corrected, done.repeated, done.published) == (1, 1, 1, 2)
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"), connection.cursor() as cursor:
        cursor.execute(
            "select document_key, version, superseded_at is null, reason <> '' from records_version order by 1, 2"
        )
        firm = "云市监处罚20261号"
        assert cursor.fetchall() == [
            ("", 1, True, False),
            (firm, 1, False, False),
            (firm, 2, True, True),
            ("云市监处罚20269号", 1, True, False),
        ]
