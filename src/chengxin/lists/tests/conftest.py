"""A market regulator that may list, a firm with a serious penalty on record, and files of mirror lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from tests.worlds import world

from chengxin.access import facade as access
from chengxin.archives.tests.conftest import accept, citizen, ground, hand_in, stranger
from chengxin.archives.tests.programs import Program, register
from chengxin.casework import facade as casework
from chengxin.determinations import facade as determinations
from chengxin.determinations.contracts import Determination, Service, Way
from chengxin.determinations.tests.conftest import DRAFTED, HEARD, SERVED, TOLD, slip
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import MARKET, NOW, SETUP, Office, open_office
from chengxin.intake.tests.test_main_job import HEAD
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.lists import facade
from chengxin.lists.contracts import Entry, Settled
from chengxin.subjects import facade as subjects

__all__ = ["accept", "citizen", "ground", "hand_in", "slip", "stranger"]
FIRM = "91390100MA0000015M"
PENALTY = (
    "云汀禾木商贸有限公司,法人及非法人组织,91390100MA0000015M,,,云市监处罚〔2026〕1号,虚假宣传,发布虚假广告,广告法第五十五条,"
    "吊销许可证件,吊销许可,,2026/10/1,云汀市市场监督管理局,91390100MA0000015M,2026-10-08\n"
)
MILD = PENALTY.replace("1号", "2号", 1).replace("吊销许可证件,吊销许可,", "罚款,罚款一万元,1.0")
PERSON = (
    "林禾舟,自然人,,身份证,390101199001010017,云市监处罚〔2026〕3号,虚假宣传,发布虚假广告,广告法第五十五条,吊销许可证件,吊销许可,"
    ",2026-09-20,云汀市市场监督管理局,91390100MA0000015M,2026-09-21\n"
)
LISTING = {
    "subject_name": "云汀禾木商贸有限公司",
    "subject_kind": "法人及非法人组织",
    "uscc": FIRM,
    "entry_no": "云市监列〔2026〕1号",
    "entry_reason": "受到较重行政处罚并且情节严重",
    "legal_basis": "市场监督管理严重违法失信名单管理办法",
    "exit_conditions": "列入满一年，已经改正的，可以申请提前移出。",
    "measures_told": "限制参加政府采购",
    "basis_document_no": "云市监处罚〔2026〕1号",
    "upper_consent_no": "省市监函〔2026〕9号",
}
ABNORMAL_HEAD = "主体名称,统一社会信用代码,列入文号,列入原因,列入依据,列入日期,公布期限至,移出日期,送达日期,认定机关\n"
ABNORMAL = (
    "云汀禾木商贸有限公司,91390100MA0000015M,云市监异〔2026〕1号,未公示年度报告,企业信息公示暂行条例第十七条,"
    "2026-10-01,{until},{removed},2026-10-08,云汀市市场监督管理局\n"
)


@world
def market(ground: None) -> Office:
    """Return the market regulator of a city."""
    items = ("penalty", "licence", "false_material", "serious_list.market", "abnormal_operation")
    return open_office("YTSJ", "云汀市市场监督管理局", MARKET, "390100", items, kind="market")


@world
def firm(market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]) -> Actor:
    """Return the firm's own account; it has a serious and a mild penalty on record, Lin has a serious one."""
    accept(hand_in((HEAD + PENALTY + MILD + PERSON).encode(), market).id, market)
    operator = subjects.find_operator(FIRM)
    assert operator is not None
    access.open_account("firm", actor=SETUP, now=NOW, subject_id=operator.id)
    opened = access.find_account("firm", on=NOW.date())
    assert opened is not None
    return access.actor_for_account(opened, on=NOW.date())


@world
def follower(ground: None) -> Program:
    """Return a platform's program that may follow lists and gives receipts."""
    return register("SHOP", "list.follow", "outbox.receive")


def service(now: datetime, proof: Path) -> Service:
    return Service(way=Way.IN_PERSON, served_on=legal_day(now), proof=proof)


def until_proposed(market: Office, proof: Path, *, later: timedelta = timedelta(), **changed: str) -> Determination:
    """Draft, serve the notice, wait, propose; the approver has opened the proof of service."""
    cells = {**LISTING, **changed}
    found = facade.draft_listing(market.clerk, "market", cells=cells, now=DRAFTED + later)
    determinations.serve_notice(market.clerk, found.id, service(TOLD + later, proof), now=TOLD + later)
    heard = HEARD + later
    casework.carry_out(found.case_id, verb="propose", actor=market.clerk, now=heard, reasons="事实清楚。")
    determinations.open_paper(market.approver, found.id, "notice", now=heard)
    return found


def until_decided(market: Office, proof: Path, *, later: timedelta = timedelta(), **changed: str) -> Determination:
    """Take a listing to the signature of the head of the body."""
    found = until_proposed(market, proof, later=later, **changed)
    casework.carry_out(found.case_id, verb="decide", actor=market.approver, now=HEARD + later, reasons="同意列入。")
    return found


def listed(market: Office, proof: Path, *, later: timedelta = timedelta(), **changed: str) -> Determination:
    """Take a listing to its end and settle the lists."""
    found = until_decided(market, proof, later=later, **changed)
    served = SERVED + later
    determinations.serve_decision(market.clerk, found.id, service(served, proof), now=served)
    casework.carry_out(found.case_id, verb="enter", actor=market.clerk, now=served)
    settle(served)
    return found


def settle(now: datetime, *, whole: bool = False) -> Settled:
    return facade.settle(now=now, since=datetime(2026, 11, 1, tzinfo=UTC), whole=whole)


def entry_of(actor: Actor) -> Entry:
    (entry,) = facade.list_own(actor)
    return entry


def record_of(entry: Entry) -> tuple[UUID, UUID]:
    return entry.subject_id, entry.record_id
