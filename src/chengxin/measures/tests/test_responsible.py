"""A responsible person answers only in the role that the document of the entry names, and as long as it lasts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.archives.tests.conftest import citizen, sign_in
from chengxin.catalogue import facade as catalogue
from chengxin.database.contracts import Channel
from chengxin.determinations import facade as determinations
from chengxin.determinations.contracts import Determination
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import Office
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.lists.tests.conftest import settle
from chengxin.measures import facade
from chengxin.measures.contracts import Because, Ground, Proposal, Role
from chengxin.measures.rules import end_of
from chengxin.measures.tests.conftest import HEARD, IN_FORCE, PROPOSED, TOLD, service, take
from chengxin.notices.models import Notice
from chengxin.records import facade as records

pytestmark = pytest.mark.clause("P5.2c")

HEAD = "主体名称,主体类别,统一社会信用代码,列入决定书文号,列入事由,列入依据,列入日期,公布期限至,送达日期,认定单位"
HEAD += ",责任人员姓名,责任人员证件号码,载明责任人员的文书,责任人员身份,责任人员任职截止日期"
ROW = "云汀禾木商贸有限公司,法人及非法人组织,91390100MA0000015M,云市监列〔2026〕{n}号,较重处罚,名单规定,2026-10-01"
ROW += ",2029-09-30,2026-10-08,云汀市市场监督管理局"
NAMED = ",林禾舟,390101199001010017,云市监罚〔2026〕1号"
LAST_DAY = "2027-02-28"
ON_LAST_DAY = datetime(2027, 2, 28, 15, 59, tzinfo=UTC)  # 23:59 in Beijing.
THE_DAY_AFTER = datetime(2027, 2, 28, 16, 0, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Entries of a firm by their document, and how to file once more."""

    firm: Actor
    entries: dict[str, UUID]
    file: Callable[[str], Batch]


def line(n: int, role: str = "", until: str = "", named: str = NAMED) -> str:
    return f"{ROW.format(n=n)}{named},{role},{until}"


@world
def listed(market: Office, firm: Actor, hand_in: Callable[..., Batch], accept: Callable[..., Batch]) -> Listed:
    """Return six entries: with a last day, without, without a role, left before, naming nobody, and by no document."""

    def file(rows: str) -> Batch:
        return accept(hand_in(f"{HEAD}\n{rows}\n".encode(), market, item="serious_list.market").id, market)

    rows = [line(1, "法定代表人", LAST_DAY), line(2, "法定代表人"), line(3), line(4, "法定代表人", "2026-12-06")]
    rows += [line(5, named=",,,"), line(6, "法定代表人", named=NAMED.rpartition(",")[0] + ",")]
    assert file("\n".join(rows)).accepted == 6
    settle(PROPOSED)
    assert firm.subject_id is not None
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="filing"):
        lines = [one for one in records.list_of_subject(firm.subject_id) if one.item_code == "serious_list.market"]
    return Listed(firm=firm, entries={one.document_key[-2]: one.record_id for one in lines}, file=file)


def asked(listed: Listed, n: str, role: Role = Role.LEGAL_REPRESENTATIVE) -> Proposal:
    assert listed.firm.subject_id is not None
    words = {"reasons": "负有责任。", "proportionality": "只限任职。", "not_spared": "没有及时纠正。"}
    return Proposal(
        measure="serious_office",
        subject_id=listed.firm.subject_id,
        record_id=listed.entries[n],
        decision_no="云市监限〔2026〕1号",
        person=role,
        **words,
    )


def proposed(market: Office, proposal: Proposal) -> Determination:
    number = facade.propose(market.clerk, proposal, now=PROPOSED)
    (one,) = [one for one in determinations.list_of_body(market.clerk, limit=9, offset=0) if one.number == number]
    return determinations.open_of_body(market.clerk, one.id, now=PROPOSED).found


def decided(market: Office, proposal: Proposal, slip: Path) -> Determination:
    found = proposed(market, proposal)
    determinations.serve_notice(market.clerk, found.id, service(TOLD, slip), now=TOLD)
    take(found, "propose", market.clerk, HEARD)
    determinations.open_paper(market.approver, found.id, "notice", now=HEARD)
    take(found, "decide", market.approver, HEARD)
    return found


def in_force(market: Office, proposal: Proposal, slip: Path) -> Determination:
    found = decided(market, proposal, slip)
    determinations.serve_decision(market.clerk, found.id, service(IN_FORCE, slip), now=IN_FORCE)
    return found


def why_not(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.refusal.code


def test_only_whom_the_document_names_and_only_in_the_role_it_names(market: Office, listed: Listed) -> None:
    expected = {
        ("5", Role.LEGAL_REPRESENTATIVE): "MEASURE-NOT-NAMED",  # It names nobody.
        ("6", Role.LEGAL_REPRESENTATIVE): "MEASURE-NOT-NAMED",  # By no document.
        ("3", Role.LEGAL_REPRESENTATIVE): "MEASURE-NOT-NAMED",  # It names somebody, and not as what.
        ("2", Role.PRINCIPAL): "MEASURE-NOT-NAMED",  # It names another role.
        ("2", Role.CONTROLLER): "MEASURE-OBJECT",  # The measure's text does not name that role.
        ("4", Role.LEGAL_REPRESENTATIVE): "MEASURE-ROLE-ENDED",  # Left the day before.
    }
    said = {
        key: why_not(lambda key=key: facade.propose(market.clerk, asked(listed, *key), now=PROPOSED))  # type: ignore[misc]
        for key in expected
    }
    assert said == expected
    draft = proposed(market, asked(listed, "2"))
    assert draft.subject_id != listed.firm.subject_id
    assert draft.cells["ends"] == "2029-09-30"


def test_a_measure_on_a_person_ends_by_itself_the_day_after_the_role(
    market: Office, listed: Listed, slip: Path
) -> None:
    lin = citizen("lin", "390101199001010017")
    found = in_force(market, asked(listed, "1"), slip)
    assert found.cells["ends"] == LAST_DAY
    (one,) = facade.list_own(lin)
    assert (one.person_role, one.ends_on) == ("legal_representative", date(2027, 3, 1))
    assert facade.list_own(listed.firm) == []
    with simulated(IN_FORCE):
        page = sign_in("lin").get("/me/measures").content.decode()
    for words in ("以什么身份", "法定代表人", "2027年3月1日自动解除", "职务或者期限结束，措施自动解除"):
        assert words in page, words
    assert facade.end_due(now=ON_LAST_DAY) == 0
    assert facade.end_due(now=THE_DAY_AFTER) == 1
    assert facade.end_due(now=THE_DAY_AFTER) == 0
    (one,) = facade.list_own(lin)
    assert (one.ended_because, one.ended_at) == (Because.ROLE_ENDED, THE_DAY_AFTER)
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        assert Notice.objects.filter(kind="measure_ended", reference=found.number).count() == 1
    with simulated(THE_DAY_AFTER):
        assert "2027年3月1日解除：职务已经结束" in sign_in("lin").get("/me/measures").content.decode()


def test_a_role_whose_end_the_source_files_later_ends_the_measure_and_the_entry_stays(
    market: Office, listed: Listed, slip: Path
) -> None:
    lin = citizen("lin", "390101199001010017")
    in_force(market, asked(listed, "2"), slip)
    assert [one.ends_on for one in facade.list_own(lin)] == [date(2029, 10, 1)]
    assert facade.end_due(now=THE_DAY_AFTER) == 0
    done = listed.file(line(2, "法定代表人", LAST_DAY))
    assert (done.accepted, done.corrected) == (0, 1)
    assert facade.end_due(now=ON_LAST_DAY) == 0
    assert facade.end_due(now=THE_DAY_AFTER) == 1
    assert [one.ended_because for one in facade.list_own(lin)] == [Because.ROLE_ENDED]
    assert listed.firm.subject_id is not None
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="filing"):
        standing = records.find_by_id(listed.firm.subject_id, listed.entries["2"])
    assert standing is not None
    assert standing.marks == ()


def test_a_document_that_turns_out_to_name_another_role_ends_the_measure(
    market: Office, listed: Listed, slip: Path
) -> None:
    lin = citizen("lin", "390101199001010017")
    in_force(market, asked(listed, "2"), slip)
    listed.file(line(2, "实际控制人"))
    assert facade.end_due(now=IN_FORCE) == 1
    assert [one.ended_because for one in facade.list_own(lin)] == [Because.BASIS_ENDED]


def test_a_role_that_ended_between_decision_and_service_lets_no_measure_begin(
    market: Office, listed: Listed, slip: Path
) -> None:
    found = decided(market, asked(listed, "2"), slip)
    listed.file(line(2, "法定代表人", "2026-12-17"))
    late = lambda: determinations.serve_decision(market.clerk, found.id, service(IN_FORCE, slip), now=IN_FORCE)  # noqa: E731
    assert why_not(late) == "MEASURE-ROLE-ENDED"


def test_the_role_bounds_the_person_never_the_firm_and_never_lengthens() -> None:
    bar = facade.measures()["serious_office"]
    ground = Ground(
        subject_id=UUID(int=1),
        subject_kind=SubjectKind.LEGAL_PERSON,
        record_id=UUID(int=2),
        act="market",
        source_body="YTSJ",
        decided_on=date(2026, 10, 1),
        ends_on=date(2027, 10, 1),
        is_usable=True,
        has_objection=False,
        entry_id=UUID(int=3),
        person_role="principal",
        role_ended_on=date(2027, 3, 1),
    )
    on, person = date(2026, 12, 1), Role.PRINCIPAL
    assert end_of(bar, ground, on=on, person=person) == (date(2027, 3, 1), False)
    assert end_of(bar, ground, on=on) == (date(2027, 10, 1), False)
    longer = replace(ground, role_ended_on=date(2030, 1, 1))
    assert end_of(bar, longer, on=on, person=person) == (date(2027, 10, 1), False)


@pytest.mark.parametrize("code", ["market", "tax", "wages", "safety", "drugs", "courier"])
def test_each_serious_list_asks_the_role_from_its_second_version_and_shows_it_to_nobody(code: str) -> None:
    before = catalogue.get_item_version(f"serious_list.{code}", version=1)
    after = catalogue.get_item_version(f"serious_list.{code}", version=2)
    added = {field.name: field for field in after.fields if field.name not in {one.name for one in before.fields}}
    assert sorted(added) == ["responsible_role", "responsible_until"]
    assert [field.public for field in added.values()] == [False, False]
