"""From a file to a record: what goes in, what comes back, who may."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.intake import facade as intake
from chengxin.intake.contracts import Batch, BatchState
from chengxin.intake.tests.conftest import Office
from chengxin.kernel.actor import ANYONE
from chengxin.kernel.refusal import Refused

HEAD = (
    "行政相对人名称,CF_XDR_LB,CF_XDR_SHXYM,CF_XDR_ZJLX,CF_XDR_ZJHM,CF_WSH,CF_WFXW,CF_WFSS,CF_CFYJ,CF_CFLB,CF_NR,"
    "CF_NR_FK,CF_JDRQ,CF_CFJG,CF_CFJGDM,送达日期\n"
)
FIRM = (
    "云汀禾木商贸有限公司,法人及非法人组织,91390100MA0000015M,,,云市监处罚〔2026〕1号,虚假宣传,发布虚假广告,广告法第五十五条,"
    "罚款,罚款一万元,1.0,2026/10/1,云汀市市场监督管理局,91390100MA0000015M,2026-10-08\n"
)
PERSON = (
    "林禾舟,自然人,,身份证,390101199001010017,云市监处罚〔2026〕3号,虚假宣传,发布虚假广告,广告法第五十五条,罚款,罚款一千元,"
    "0.1,2026-09-20,云汀市市场监督管理局,91390100MA0000015M,2026-09-21\n"
)
BAD = (
    "云汀坏行有限公司,法人及非法人组织,91390100MA0000015X,,,云市监处罚〔2026〕4号,虚假宣传,发布虚假广告,广告法第五十五条,"
    "罚款,罚款一万元,-1.0,2027/3/1,云汀市市场监督管理局,91390100MA0000015M,\n"
)


@pytest.mark.clause("P3.3a")
def test_a_file_goes_in_and_its_good_rows_become_records(
    market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]
) -> None:
    batch = hand_in((HEAD + FIRM + PERSON + BAD).encode("gb18030"), market)
    assert (batch.state, batch.encoding, batch.rows, batch.good, batch.questioned) == (
        BatchState.VALIDATED,
        "gb18030",
        3,
        2,
        1,
    )
    done = accept(batch.id, market)
    assert (done.state, done.accepted, done.repeated, done.published) == (BatchState.ACCEPTED, 2, 0, 1)
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"), connection.cursor() as cursor:
        cursor.execute(
            "select subject_kind, content::text, sealed is not null, document_key, row_number from records_version"
            " order by row_number"
        )
        firm, person = cursor.fetchall()
    assert firm[0] == "legal_person"
    assert firm[2:] == (False, "云市监处罚20261号", 2)
    assert person == ("natural_person", "{}", True, "", 3)


def test_the_same_file_twice_is_one_batch(market: Office, hand_in: Callable[..., Batch]) -> None:
    first = hand_in((HEAD + FIRM).encode(), market)
    assert hand_in((HEAD + FIRM).encode(), market).id == first.id


def test_without_a_context_nobody_sees_a_record(
    market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]
) -> None:
    accept(hand_in((HEAD + FIRM).encode(), market).id, market)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from records_version")
        assert cursor.fetchone() == (0,)
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose="public_viewing"), connection.cursor() as cursor:
        cursor.execute("select count(*) from records_version")
        assert cursor.fetchone() == (1,)


def test_fixing_a_cell_in_the_page_makes_the_row_good(market: Office, hand_in: Callable[..., Batch]) -> None:
    batch = hand_in((HEAD + BAD).encode(), market)
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"):
        found = intake.list_questioned(batch.id)
        assert found == [
            (2, "determined_on", "U-DATE-FUTURE"),
            (2, "fine", "U-AMOUNT-NEGATIVE"),
            (2, "uscc", "E-USCC-02"),
        ]
        for field, text in (("determined_on", "2026-10-01"), ("fine", "1"), ("uscc", "91390100MA0000015M")):
            fixed = intake.fix_cell(batch.id, row=2, field=field, text=text, actor=market.clerk, now=batch.uploaded_at)
        assert (fixed.good, fixed.questioned) == (1, 0)


@pytest.mark.parametrize(
    ("row", "field", "code"), [(2, "no_such_field", "B-FIX-FIELD"), (3, "fine", "B-FIX-ROW"), (99, "fine", "B-FIX-ROW")]
)
def test_only_a_column_of_the_file_in_a_questioned_row_can_be_changed(
    market: Office, hand_in: Callable[..., Batch], row: int, field: str, code: str
) -> None:
    batch = hand_in((HEAD + BAD + FIRM).encode(), market)
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"):
        with pytest.raises(Refused) as refused, transaction.atomic():
            intake.fix_cell(batch.id, row=row, field=field, text="1", actor=market.clerk, now=batch.uploaded_at)
        assert refused.value.refusal.code == code
        assert intake.get_batch(batch.id).questioned == 1
