"""A measure: only from the list, told, heard, decided by another person, served, and ended by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from chengxin.access import facade as access
from chengxin.archives.tests.conftest import sign_in
from chengxin.database.contracts import Channel
from chengxin.determinations import facade as determinations
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import Office, open_office
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.lists.contracts import Entry
from chengxin.lists.tests.conftest import settle
from chengxin.measures import facade
from chengxin.measures.contracts import Because, Ground, Proposal, Role
from chengxin.measures.rules import end_of
from chengxin.measures.tests.conftest import (
    HEARD,
    IN_FORCE,
    PROPOSED,
    TOLD,
    in_force,
    proposal,
    proposed,
    service,
    take,
    until_decided,
)
from chengxin.notices.models import Notice
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind


def code_of(attempt: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        attempt()
    return caught.value.refusal.code


@pytest.mark.clause("P5.2b")
@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"measure": "anything"}, "MEASURE-UNLISTED"),
        ({"measure": "deputies"}, "MEASURE-POLICY-ONLY"),
        ({"measure": "public_posts"}, "MEASURE-POLICY-ONLY"),
        ({"measure": "high_consumption"}, "MEASURE-COURT-ONLY"),
        ({"measure": "food_licence"}, "MEASURE-UNTIED"),
        ({"measure": "civil_service"}, "MEASURE-OBJECT"),
        ({"measure": "serious_office"}, "MEASURE-OBJECT"),
        ({"proportionality": " "}, "MEASURE-PROPORTION"),
        ({"reasons": ""}, "MEASURE-REASONS"),
        ({"not_spared": " "}, "MEASURE-SPARE"),
        ({"person": Role.PRINCIPAL}, "MEASURE-OBJECT"),
    ],
)
def test_redline_12_only_what_is_listed_lawful_tied_to_the_act_and_to_whoever_did_it(
    finance: Office, entry: Entry, changed: dict[str, object], code: str
) -> None:
    assert code_of(lambda: facade.propose(finance.clerk, proposal(entry, **changed), now=PROPOSED)) == code
    assert determinations.count_of_body(finance.clerk) == 0


@pytest.mark.clause("P5.2b")
def test_redline_11_a_measure_is_told_heard_decided_by_another_and_served_before_it_holds(
    finance: Office, entry: Entry, firm: Actor, slip: Path
) -> None:
    found = proposed(finance, entry)
    assert code_of(lambda: take(found, "decide", finance.approver, HEARD)) == "CASE-STATE"
    determinations.serve_notice(finance.clerk, found.id, service(TOLD, slip), now=TOLD)
    assert code_of(lambda: take(found, "propose", finance.clerk, TOLD)) == "DET-NOT-HEARD"
    take(found, "propose", finance.clerk, HEARD)
    both = replace(finance.clerk, roles=finance.clerk.roles | finance.approver.roles)
    assert code_of(lambda: take(found, "decide", both, HEARD)) == "A-FOUR-EYES"
    determinations.open_paper(finance.approver, found.id, "notice", now=HEARD)
    take(found, "decide", finance.approver, HEARD)
    assert (facade.list_own(firm), facade.count_of_body(finance.clerk)) == ([], 0)
    determinations.serve_decision(finance.clerk, found.id, service(IN_FORCE, slip), now=IN_FORCE)
    (one,) = facade.list_own(firm)
    assert (one.measure, one.starts_on, one.ends_on, one.entry_id) == (
        "procurement",
        date(2026, 12, 18),
        date(2029, 12, 4),
        entry.id,
    )
    again = code_of(lambda: facade.propose(finance.clerk, proposal(entry), now=IN_FORCE))
    assert again == "MEASURE-STANDS"


@pytest.mark.clause("P5.2b")
def test_the_database_itself_wants_two_people_a_notice_and_a_served_decision(
    finance: Office, entry: Entry, slip: Path
) -> None:
    in_force(finance, entry, slip)
    columns = "decision_id, number, measure, subject_id, body, ground_subject_id, record_id, person_role, proposed_by"
    columns += ", noticed_on, decided_by, decided_on, served_on, service_proof, starts_on, ended_because, ended_reasons"
    columns += ", ended_by, result, ends_on"
    for name, value, constraint in (
        ("decided_by", "proposed_by", "measures_two_named_people"),
        ("decided_by", "'platform:job'", "measures_two_named_people"),
        ("decided_on", "noticed_on - 1", "measures_told_decided_served"),
        ("served_on", "decided_on - 1", "measures_told_decided_served"),
        ("starts_on", "served_on - 1", "measures_told_decided_served"),
        ("service_proof", "''", "measures_told_decided_served"),
        ("person_role", "'relative'", "measures_known_role"),
        ("ends_on", "starts_on", "measures_end_after_start"),
        ("ended_because", "'term'", "measures_ended_with_reason"),
        ("decision_id", "gen_random_uuid()", "measures_once_at_a_time"),
    ):
        chosen = columns.replace(name, value, 1).replace("number,", "number || 'x',", 1)
        with (
            access.acting_for(finance.clerk, channel=Channel.INTAKE, purpose="determination"),
            pytest.raises(DatabaseError, match=constraint),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"insert into measures_applied ({columns}) select {chosen} from measures_applied")


@pytest.mark.clause("P5.2b")
@pytest.mark.parametrize("kind", [MarkKind.REPAIRED, MarkKind.WITHDRAWN, MarkKind.FROZEN])
def test_redline_13_nothing_is_proposed_on_what_has_ended_by_its_own_body_or_another(
    finance: Office, market: Office, entry: Entry, kind: MarkKind
) -> None:
    mark(market, entry, kind, PROPOSED)
    assert code_of(lambda: facade.propose(finance.clerk, proposal(entry), now=PROPOSED)) == "MEASURE-NO-GROUND"
    own = proposal(entry, measure="closer_supervision")
    assert code_of(lambda: facade.propose(market.clerk, own, now=PROPOSED)) == "MEASURE-BASIS-ENDED"
    assert determinations.count_of_body(finance.clerk) == 0


@pytest.mark.clause("P5.2b")
@pytest.mark.parametrize("kind", [MarkKind.REPAIRED, MarkKind.WITHDRAWN, MarkKind.FROZEN])
def test_redline_13_it_ends_by_itself_when_what_it_rests_on_ends(
    finance: Office, market: Office, entry: Entry, slip: Path, kind: MarkKind
) -> None:
    in_force(finance, entry, slip)
    later = IN_FORCE + timedelta(days=400)
    assert facade.end_due(now=later) == 0
    mark(market, entry, kind, later)
    assert facade.end_due(now=later) == 1
    assert facade.end_due(now=later) == 0
    (one,) = facade.list_of_body(finance.clerk, limit=9)
    assert (one.ended_because, one.ended_at) == (Because.BASIS_ENDED, later)


@pytest.mark.clause("P5.2b")
def test_it_ends_on_the_day_after_its_last(finance: Office, entry: Entry, firm: Actor, slip: Path) -> None:
    in_force(finance, entry, slip)
    last = datetime(2029, 12, 3, 15, 59, 59, tzinfo=UTC)
    assert facade.end_due(now=last) == 0
    assert facade.end_due(now=last + timedelta(seconds=1)) == 1
    (one,) = facade.list_own(firm)
    assert one.ended_because == Because.TERM
    with access.acting_for(firm, channel=Channel.SELF, purpose="own_archive"):
        assert Notice.objects.filter(kind="measure_ended", reference=one.number).count() == 1


def mark(market: Office, entry: Entry, kind: MarkKind, at: datetime) -> None:
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
        records.mark(
            subject_id=entry.subject_id,
            record_id=entry.record_id,
            kind=kind,
            reason="试验",
            reference="T-1",
            actor=market.approver,
            now=at,
        )


@pytest.mark.clause("P5.2b")
def test_redline_14_an_objection_stops_a_measure_on_its_way(
    finance: Office, market: Office, entry: Entry, slip: Path
) -> None:
    found = until_decided(finance, entry, slip)
    mark(market, entry, MarkKind.OBJECTION, HEARD)
    serving = code_of(
        lambda: determinations.serve_decision(finance.clerk, found.id, service(IN_FORCE, slip), now=IN_FORCE)
    )
    assert serving == "MEASURE-OBJECTION"
    assert facade.count_of_body(finance.clerk) == 0


@pytest.mark.clause("P5.2b")
@pytest.mark.parametrize("verb", ["propose", "decide"])
def test_redline_14_every_step_of_a_measure_asks_again_what_it_rests_on(
    finance: Office, market: Office, entry: Entry, slip: Path, verb: str
) -> None:
    found = proposed(finance, entry)
    determinations.serve_notice(finance.clerk, found.id, service(TOLD, slip), now=TOLD)
    if verb == "decide":
        take(found, "propose", finance.clerk, HEARD)
        determinations.open_paper(finance.approver, found.id, "notice", now=HEARD)
    mark(market, entry, MarkKind.OBJECTION, HEARD)
    actor = finance.clerk if verb == "propose" else finance.approver
    assert code_of(lambda: take(found, verb, actor, HEARD)) == "MEASURE-OBJECTION"


@pytest.mark.clause("P5.2b")
def test_an_officer_lifts_with_reasons_and_feeds_back_once(
    finance: Office, market: Office, entry: Entry, firm: Actor, slip: Path
) -> None:
    found = in_force(finance, entry, slip)
    words = {"result": "已列入采购系统。", "now": IN_FORCE}
    facade.feed_back(finance.clerk, found.id, **words)  # type: ignore[arg-type]
    assert code_of(lambda: facade.feed_back(finance.clerk, found.id, **words)) == "ABSENT"  # type: ignore[arg-type]
    lift = {"because": Because.LIFTED, "now": IN_FORCE}
    assert code_of(lambda: facade.lift(finance.clerk, found.id, reasons=" ", **lift)) == "MEASURE-REASONS"  # type: ignore[arg-type]
    assert code_of(lambda: facade.lift(market.clerk, found.id, reasons="别的单位", **lift)) == "ABSENT"  # type: ignore[arg-type]
    facade.lift(finance.clerk, found.id, reasons="已整改。", **lift)  # type: ignore[arg-type]
    (one,) = facade.list_own(firm)
    assert (one.ended_because, one.result) == (Because.LIFTED, "已列入采购系统。")


@pytest.mark.clause("P5.2b")
@pytest.mark.clause("E5.3a")
def test_the_look_says_for_each_measure_why_or_why_not(finance: Office, entry: Entry) -> None:
    looked = {one.ground.act: one for one in facade.look(finance.clerk, entry.subject_id, now=PROPOSED)}
    assert set(looked) == {"market", "penalty"}
    verdicts = {one.measure.code: one.refusal.code if one.refusal else "" for one in looked["market"].verdicts}
    assert verdicts == {
        "procurement": "",
        "serious_office": "MEASURE-OBJECT",
        "civil_service": "MEASURE-OBJECT",
        "closer_supervision": "",
        "no_fast_track": "",
        "fiscal_funds": "",
        "honours": "",
    }


@pytest.mark.clause("P5.2b")
def test_a_body_that_is_no_organ_applies_nothing(entry: Entry, ground: None) -> None:
    association = open_office("XHXH", "云汀电商协会", "", "390100", ())
    assert code_of(lambda: facade.propose(association.clerk, proposal(entry), now=PROPOSED)) == "MEASURE-NOT-ORGAN"


@pytest.mark.clause("P5.2b")
def test_the_pages_show_the_list_and_each_measure_with_basis_end_and_remedy(
    finance: Office, entry: Entry, slip: Path
) -> None:
    found = in_force(finance, entry, slip)
    with simulated(IN_FORCE):
        public = sign_in("firm").get("/measures").content.decode()
        own = sign_in("firm").get("/me/measures").content.decode()
        dept = sign_in("ytcz-clerk").get(f"/dept/measures/{found.id}").content.decode()
        papers = sign_in("firm").get(f"/me/determinations/{found.number}/documents").content.decode()
    for words in ("限制参加政府采购", "政府采购法", "法律", "政策提到但不能实施的", "限制推荐为代表、委员候选人"):
        assert words in public, words
    for words in ("限制参加政府采购", "云汀市财政局", "2029年12月4日自动解除", "申请行政复议", "提起行政诉讼"):
        assert words in own, words
    assert "实施中" in dept
    assert papers.count("可以不予实施；请在陈述申辩里写明") == 1  # In the notice, while it can still be said.
    assert papers.count("没有及时纠正") == 2
    for words in ("拟实施惩戒措施事先告知书", "实施惩戒措施决定书", "云财采限〔2026〕1号"):
        assert words in papers, words


@pytest.mark.clause("P5.2b")
def test_a_statutory_bar_that_rests_on_an_entry_never_outlasts_it() -> None:
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
    )
    on = date(2026, 12, 1)
    assert end_of(bar, ground, on=on) == (date(2027, 10, 1), False)
    assert end_of(bar, replace(ground, ends_on=None), on=on)[0] == date(2029, 10, 2)
    food = facade.measures()["food_licence"]
    assert end_of(food, replace(ground, act="penalty", entry_id=None), on=on)[0] == date(2031, 10, 2)


@pytest.mark.clause("P5.2c")
def test_only_the_roles_that_the_text_of_a_measure_names_can_be_touched() -> None:
    named = {code: sorted(measure.persons) for code, measure in facade.measures().items() if measure.persons}
    assert named == {
        "food_licence": ["directly_liable", "legal_representative"],
        "representative_revoked": ["legal_representative"],
        "serious_office": ["legal_representative", "principal"],
    }


@pytest.mark.clause("P5.2b")
def test_no_measure_rests_on_a_text_of_another_province() -> None:
    elsewhere = {"SH", "SD", "HN", "SZ", "ZJ", "TZ", "SHYS", "BJYS"}
    resting = {code: {cite.partition("/")[0] for cite in one.basis} for code, one in facade.measures().items()}
    assert {code: texts & elsewhere for code, texts in resting.items() if texts & elsewhere} == {}


@pytest.mark.clause("P5.2b")
def test_only_a_first_act_asks_why_it_is_not_spared_and_what_was_repaired_is_no_earlier_one(
    market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch], firm: Actor
) -> None:
    head = "主体名称,主体类别,统一社会信用代码,列入决定书文号,列入事由,列入依据,列入日期,公布期限至,送达日期,认定单位"
    row = (
        "云汀禾木商贸有限公司,法人及非法人组织,91390100MA0000015M,云市监列〔2026〕{n}号,较重处罚,名单规定,2026-10-0{n}"
    )
    row += ",2029-09-30,2026-10-08,云汀市市场监督管理局"
    text = f"{head}\n{row.format(n=1)}\n{row.format(n=2)}\n"
    assert accept(hand_in(text.encode(), market, item="serious_list.market").id, market).accepted == 2
    settle(PROPOSED)
    assert firm.subject_id is not None
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="filing"):
        found = {one.document_key: one.record_id for one in records.list_of_subject(firm.subject_id)}
    words = {"decision_no": "云市监限〔2026〕1号", "reasons": "在列。", "proportionality": "只限加强检查。"}

    def ask(document: str) -> str:
        said = Proposal(measure="closer_supervision", subject_id=firm.subject_id, record_id=found[document], **words)  # type: ignore[arg-type]
        return facade.propose(market.clerk, said, now=PROPOSED)

    assert code_of(lambda: ask("云市监列20261号")) == "MEASURE-SPARE"
    assert ask("云市监列20262号")
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
        records.mark(
            subject_id=firm.subject_id,
            record_id=found["云市监列20261号"],
            kind=MarkKind.REPAIRED,
            reason="试验",
            reference="T-1",
            actor=market.approver,
            now=PROPOSED,
        )
    assert code_of(lambda: ask("云市监列20262号")) == "MEASURE-SPARE"
