"""A body that may determine false material, and Lin whom it is about."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.worlds import world

from chengxin.archives.tests.conftest import accept, citizen, ground, hand_in, lin, shop
from chengxin.casework import facade as casework
from chengxin.determinations import facade
from chengxin.determinations.contracts import Determination, Service, Way
from chengxin.intake.tests.conftest import MARKET, Office, open_office
from chengxin.kernel.actor import Actor

__all__ = ["accept", "citizen", "ground", "hand_in", "lin", "shop"]
ITEM = "false_material"
DRAFTED = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TOLD = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)  # A Wednesday; five working days end on 2 December.
HEARD = datetime(2026, 12, 3, 2, 0, tzinfo=UTC)
SERVED = datetime(2026, 12, 4, 2, 0, tzinfo=UTC)
FINAL = datetime(2027, 6, 7, 2, 0, tzinfo=UTC)  # Six months end on 4 June 2027.
PERSON = {
    "subject_name": "林禾舟",
    "subject_kind": "自然人",
    "id_type": "身份证",
    "id_no": "390101199001010017",
    "decision_title": "提供虚假学历材料",
    "decision_no": "云市监认〔2026〕7号",
    "decision_facts": "申请登记时提交伪造的学历证书。",
    "legal_basis": "市场主体登记管理条例第四十条",
    "severity": "一般",
}
FIRM = {
    **PERSON,
    "subject_name": "云汀禾木商贸有限公司",
    "subject_kind": "法人及非法人组织",
    "id_type": "",
    "id_no": "",
    "uscc": "91390100MA0000015M",
    "decision_no": "云市监认〔2026〕8号",
}


@world
def market(ground: None) -> Office:
    """Return the market regulator, which may also determine false material and arrears."""
    items = ("penalty", "licence", ITEM, "utility_arrears", "student_loan_default", "exam_cheating")
    return open_office("YTSJ", "云汀市市场监督管理局", MARKET, "390100", items, kind="market")


@world
def slip(tmp_path: Path) -> Path:
    """Return the proof of a service."""
    path = tmp_path / "slip"
    path.write_bytes(b"%PDF-1.7 signed slip")
    return path


def served(now: datetime, slip: Path) -> Service:
    return Service(way=Way.IN_PERSON, served_on=now.date(), proof=slip)


def draft(market: Office, cells: dict[str, str] | None = None, *, item: str = ITEM) -> Determination:
    return facade.draft(market.clerk, item, cells=cells or PERSON, now=DRAFTED)


def take(found: Determination, verb: str, actor: Actor, now: datetime, reasons: str = "事实清楚。") -> None:
    casework.carry_out(found.case_id, verb=verb, actor=actor, now=now, reasons=reasons)


def until_proposed(market: Office, slip: Path, cells: dict[str, str] | None = None) -> Determination:
    found = draft(market, cells)
    facade.serve_notice(market.clerk, found.id, served(TOLD, slip), now=TOLD)
    take(found, "propose", market.clerk, HEARD)
    return found


def until_served(market: Office, slip: Path, cells: dict[str, str] | None = None) -> Determination:
    found = until_proposed(market, slip, cells)
    facade.open_paper(market.approver, found.id, "notice", now=HEARD)
    take(found, "decide", market.approver, HEARD)
    facade.serve_decision(market.clerk, found.id, served(SERVED, slip), now=SERVED)
    return found


def until_entered(market: Office, slip: Path, cells: dict[str, str] | None = None) -> Determination:
    found = until_served(market, slip, cells)
    take(found, "enter", market.clerk, FINAL)
    return facade.open_of_body(market.clerk, found.id, now=FINAL).found
