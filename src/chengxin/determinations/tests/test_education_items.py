"""P2.5c: four kinds of acts, each with its final decision; being unable to repay is none of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chengxin.access import facade as access
from chengxin.catalogue import facade as catalogue
from chengxin.database.contracts import Channel
from chengxin.determinations.tests.conftest import DRAFTED
from chengxin.intake import facade as intake
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import Office
from chengxin.kernel.clock import legal_day

KINDS = ("exam_cheating", "academic_fraud", "student_loan_default", "false_employment_material")
ROW = {
    "subject_name": "林禾舟",
    "id_type": "身份证",
    "id_no": "390101199001010017",
    "decision_title": "拒不履行还款承诺",
    "decision_no": "云教认〔2026〕1号",
    "decision_facts": "有能力而拒不还款。",
    "legal_basis": "国家助学贷款管理办法",
    "determined_on": "2026-01-05",
    "remedy_ended_on": "2026-08-01",
    "notified_on": "2026-01-06",
    "body_name": "云汀市教育局",
}
LOAN = {**ROW, "hardship_excluded": "是", "deferral": "无"}


def checked(market: Office, cells: dict[str, str], *, item: str) -> list[tuple[str, str]]:
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"):
        found = intake.check_row(cells, item_code=item, actor=market.clerk, now=DRAFTED)
    return [(issue.field, issue.code) for issue in found.issues]


@pytest.mark.clause("P2.5c")
@pytest.mark.parametrize("item", KINDS)
@pytest.mark.parametrize("missing", ["decision_no", "determined_on", "notified_on", "remedy_ended_on"])
def test_without_number_day_of_decision_notice_and_end_of_remedies_the_save_is_refused(
    market: Office, item: str, missing: str
) -> None:
    cells = LOAN if item == "student_loan_default" else ROW
    assert (missing, "U-REQUIRED") in checked(market, {**cells, missing: ""}, item=item)


@pytest.mark.clause("P2.5c")
@pytest.mark.parametrize("item", KINDS)
def test_a_whole_final_decision_is_taken_and_is_private(market: Office, item: str) -> None:
    cells = LOAN if item == "student_loan_default" else ROW
    assert checked(market, cells, item=item) == []
    found = catalogue.get_item(item, on=legal_day(DRAFTED))
    assert {mode.value for modes in found.disclosure.values() for mode in modes}.isdisjoint({"public"})


@pytest.mark.clause("P2.5c")
def test_being_unable_to_repay_through_hardship_is_no_item_and_a_deferral_is_shown(market: Office) -> None:
    hard = checked(market, {**LOAN, "hardship_excluded": "否"}, item="student_loan_default")
    assert ("hardship_excluded", "U-HARDSHIP") in hard
    silent = checked(market, {**LOAN, "deferral": ""}, item="student_loan_default")
    assert ("deferral", "U-REQUIRED") in silent


@pytest.mark.clause("P2.5c")
def test_a_decision_that_can_still_be_contested_is_refused(market: Office, hand_in: Callable[..., Batch]) -> None:
    open_still = checked(market, {**ROW, "remedy_ended_on": "2026-12-24"}, item="exam_cheating")
    assert ("remedy_ended_on", "CHALLENGE_OPEN") in open_still
