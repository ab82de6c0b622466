"""Onto a serious list: nothing can be passed over, and off it by term, by request, by the fall of its basis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chengxin.access import facade as access
from chengxin.archives.tests.conftest import sign_in
from chengxin.archives.tests.programs import mark
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.determinations import facade as determinations
from chengxin.determinations.tests.conftest import DRAFTED, HEARD, SERVED, TOLD
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import Office
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.lists import facade
from chengxin.lists.contracts import Because, Settled
from chengxin.lists.tests.conftest import (
    ABNORMAL,
    ABNORMAL_HEAD,
    FIRM,
    LISTING,
    entry_of,
    listed,
    record_of,
    service,
    settle,
    until_decided,
    until_proposed,
)
from chengxin.notices.models import Notice
from chengxin.records import facade as records
from chengxin.records.contracts import Channel as Way
from chengxin.records.contracts import MarkKind


def refused(caught: pytest.ExceptionInfo[Refused]) -> tuple[str, str]:
    return caught.value.refusal.code, caught.value.refusal.field


@pytest.mark.clause("P5.2d")
@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"basis_document_no": "云市监处罚〔2026〕99号"}, ("LIST-NO-BASIS", "basis_document_no")),
        ({"basis_document_no": "云市监处罚〔2026〕2号"}, ("LIST-NOT-GRAVE", "basis_document_no")),
        ({"upper_consent_no": ""}, ("LIST-NO-CONSENT", "upper_consent_no")),
        ({"measures_told": ""}, ("LIST-INCOMPLETE", "measures_told")),
        ({"exit_conditions": " "}, ("LIST-INCOMPLETE", "exit_conditions")),
    ],
)
def test_a_listing_rests_on_a_grave_record_of_its_own_body_and_says_all_it_must(
    market: Office, firm: Actor, changed: dict[str, str], expected: tuple[str, str]
) -> None:
    with pytest.raises(Refused) as caught:
        facade.draft_listing(market.clerk, "market", cells={**LISTING, **changed}, now=DRAFTED)
    assert refused(caught) == expected
    assert determinations.count_of_body(market.clerk) == 0


@pytest.mark.clause("P5.2d")
def test_a_listing_is_told_heard_signed_served_and_ends_by_its_term(market: Office, firm: Actor, slip: Path) -> None:
    found = until_decided(market, slip)
    with pytest.raises(Refused) as caught:
        casework.carry_out(found.case_id, verb="enter", actor=market.clerk, now=SERVED)
    assert refused(caught)[0] == "CASE-STATE"
    assert settle(SERVED).listed == 0
    determinations.serve_decision(market.clerk, found.id, service(SERVED, slip), now=SERVED)
    casework.carry_out(found.case_id, verb="enter", actor=market.clerk, now=SERVED)
    assert settle(SERVED) == Settled(listed=1, shown=1)
    assert settle(SERVED) == Settled()
    entry = entry_of(firm)
    assert (entry.kind, entry.listed_on, entry.ends_on) == ("market", date(2026, 12, 3), date(2029, 12, 4))
    (shown,) = facade.list_public("market", at=SERVED, limit=10)
    assert (shown.name, shown.document_no, shown.reason) == (
        "云汀禾木商贸有限公司",
        "云市监列〔2026〕1号",
        "受到较重行政处罚并且情节严重",
    )
    last = datetime(2029, 12, 3, 15, 59, 59, tzinfo=UTC)
    assert len(facade.list_public("market", at=last, limit=10)) == 1
    assert facade.list_public("market", at=last + timedelta(seconds=1), limit=10) == []
    assert facade.count_public(at=last + timedelta(seconds=1)) == {}
    assert settle(last + timedelta(seconds=1)) == Settled(ended=1)
    assert entry_of(firm).ended_because == Because.EXPIRED


@pytest.mark.clause("P5.2d")
def test_when_the_decision_it_rests_on_falls_the_entry_falls_everywhere(
    market: Office, firm: Actor, slip: Path
) -> None:
    listed(market, slip)
    entry = entry_of(firm)
    later = SERVED + timedelta(days=30)
    basis = penalty_of(market, entry.subject_id)
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
        records.withdraw(
            subject_id=entry.subject_id,
            record_id=basis,
            reason="处罚决定被判决撤销",
            reference="判1号",
            actor=market.approver,
            now=later,
        )
    assert facade.settle(now=later, since=later) == Settled(ended=1)
    assert entry_of(firm).ended_because == Because.BASIS_FELL
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose="public_viewing"):
        record = records.find_by_id(*record_of(entry))
        assert record is None or not records.usable(record, channel=Way.PUBLIC, at=later)


@pytest.mark.clause("P5.2d")
def test_an_objection_to_the_basis_stops_a_listing_that_is_on_its_way(market: Office, firm: Actor, slip: Path) -> None:
    found = until_proposed(market, slip)
    assert firm.subject_id is not None
    penalty = penalty_of(market, firm.subject_id)
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="correction"):
        records.mark(
            subject_id=firm.subject_id,
            record_id=penalty,
            kind=MarkKind.OBJECTION,
            reason="当事人有异议",
            reference="YY1",
            actor=market.clerk,
            now=HEARD,
        )
    with pytest.raises(Refused) as caught:
        casework.carry_out(found.case_id, verb="decide", actor=market.approver, now=HEARD, reasons="同意列入。")
    assert refused(caught)[0] == "LIST-OBJECTION"


def penalty_of(market: Office, subject_id: UUID) -> UUID:
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="filing"):
        found = records.list_of_subject(subject_id)
        return next(one.record_id for one in found if one.document_key == "云市监处罚20261号")


@pytest.mark.clause("P5.2d")
def test_who_has_put_things_right_leaves_early_by_decision_of_another_person(
    market: Office, firm: Actor, slip: Path
) -> None:
    listed(market, slip)
    entry = entry_of(firm)
    photo = Photo(slip.read_bytes())
    with pytest.raises(Refused) as caught:
        facade.ask_to_leave(firm, entry.id, words="已经改正。", papers=[photo], now=datetime(2027, 12, 3, tzinfo=UTC))
    assert (refused(caught)[0], caught.value.refusal.retry_on) == ("LIST-TOO-EARLY", date(2027, 12, 4))
    asked = datetime(2027, 12, 6, 2, tzinfo=UTC)
    with pytest.raises(Refused) as caught:
        facade.ask_to_leave(firm, entry.id, words="已经改正。", papers=[], now=asked)
    assert refused(caught) == ("LIST-NO-PAPERS", "papers")
    case = facade.ask_to_leave(firm, entry.id, words="已经改正并缴清罚款。", papers=[photo], now=asked)
    assert case.due_on == date(2027, 12, 20)
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="repair"):
        (step,) = casework.timeline(case.id, actor=market.approver)
        for digest in step.evidence:
            casework.open_evidence(case.id, digest=digest, actor=market.approver, now=asked)
    casework.carry_out(case.id, verb="approve", actor=market.approver, now=asked, reasons="经核查已经改正。")
    assert facade.list_public("market", at=asked, limit=10) == []
    assert facade.settle(now=asked, since=asked) == Settled(ended=1)
    assert entry_of(firm).ended_because == Because.REPAIRED


@pytest.mark.clause("P5.2d")
def test_redline_11_a_request_to_leave_is_refused_only_after_its_applicant_was_told_and_heard(
    market: Office, firm: Actor, slip: Path
) -> None:
    listed(market, slip)
    entry = entry_of(firm)
    asked = datetime(2027, 12, 6, 2, tzinfo=UTC)
    case = facade.ask_to_leave(firm, entry.id, words="已经改正。", papers=[Photo(slip.read_bytes())], now=asked)

    def staff(verb: str, actor: Actor, now: datetime) -> None:
        casework.carry_out(case.id, verb=verb, actor=actor, now=now, reasons="缴款凭证不是这一笔。")

    staff("return_for_more", market.clerk, asked)
    with simulated(asked):
        page = sign_in("firm")
        assert "补交材料" in page.get(f"/me/lists/{entry.id}").content.decode()
        bare = page.post(f"/me/lists/{entry.id}", {"verb": "supplement"})
        assert (bare.status_code, "CASE-EVIDENCE" in bare.content.decode()) == (422, True)
        paper = SimpleUploadedFile("a.pdf", slip.read_bytes(), "application/pdf")
        assert page.post(f"/me/lists/{entry.id}", {"verb": "supplement", "papers": [paper]}).status_code == 302
    for actor in (market.clerk, market.approver):
        with access.acting_for(actor, channel=Channel.BODY, purpose="repair"):
            for digest in casework.papers_of(case.id):
                casework.open_evidence(case.id, digest=digest, actor=actor, now=asked)
    staff("propose_refusal", market.clerk, asked)
    with pytest.raises(Refused) as caught:
        staff("refuse", market.approver, asked + timedelta(days=1))
    assert refused(caught)[0] == "DET-NOT-HEARD"
    with access.acting_for(firm, channel=Channel.SELF, purpose="own_archive"):
        assert Notice.objects.filter(kind="delisting.propose_refusal", reference=case.number).count() == 1
    facade.go_on(firm, entry.id, verb="state", words="凭证是同一笔，附后。", now=asked + timedelta(days=1))
    staff("refuse", market.approver, asked + timedelta(days=1))
    with simulated(asked + timedelta(days=2)):
        own = sign_in("firm").get(f"/me/lists/{entry.id}").content.decode()
    for words in ("缴款凭证不是这一笔。", "60日内", "同级人民政府申请行政复议", "6个月内", "提起行政诉讼"):
        assert words in own, words


class Photo:
    def __init__(self, content: bytes) -> None:
        self.content, self.size = content, len(content)

    def chunks(self) -> list[bytes]:
        return [self.content]


@pytest.mark.clause("P5.2d")
def test_a_mirror_follows_its_source_and_nothing_else(
    market: Office, firm: Actor, hand_in: Callable[..., Batch], accept: Callable[..., Batch]
) -> None:
    def filed(**said: str) -> None:
        text = ABNORMAL_HEAD + ABNORMAL.format(**said)
        accept(hand_in(text.encode(), market, item="abnormal_operation").id, market)

    filed(until="2029-09-30", removed="")
    now = datetime(2026, 11, 24, tzinfo=UTC)
    assert settle(now) == Settled(listed=1, shown=1)
    entry = entry_of(firm)
    with pytest.raises(Refused) as caught:
        facade.ask_to_leave(firm, entry.id, words="已改正", papers=[Photo(b"%PDF-1.7 x")], now=now)
    assert refused(caught)[0] == "LIST-ASK-SOURCE"
    filed(until="2029-09-30", removed="2026-11-20")
    assert facade.list_public("abnormal", at=now, limit=10) == []
    assert settle(now) == Settled(ended=1)
    assert entry_of(firm).ended_because == Because.SOURCE_REMOVED


@pytest.mark.clause("P5.2d")
def test_redline_11_a_listing_is_heard_and_signed_by_another_on_what_still_stands(
    market: Office, firm: Actor, slip: Path
) -> None:
    found = facade.draft_listing(market.clerk, "market", cells=LISTING, now=DRAFTED)
    determinations.serve_notice(market.clerk, found.id, service(TOLD, slip), now=TOLD)
    steps = {"case_id": found.case_id, "reasons": "事实清楚。"}
    with pytest.raises(Refused, match="DET-NOT-HEARD"):
        casework.carry_out(verb="propose", actor=market.clerk, now=TOLD, **steps)  # type: ignore[arg-type]
    casework.carry_out(verb="propose", actor=market.clerk, now=HEARD, **steps)  # type: ignore[arg-type]
    both = replace(market.clerk, roles=market.clerk.roles | market.approver.roles)
    with pytest.raises(Refused, match="A-FOUR-EYES"):
        casework.carry_out(verb="decide", actor=both, now=HEARD, **steps)  # type: ignore[arg-type]
    determinations.open_paper(market.approver, found.id, "notice", now=HEARD)
    casework.carry_out(verb="decide", actor=market.approver, now=HEARD, **steps)  # type: ignore[arg-type]
    determinations.serve_decision(market.clerk, found.id, service(SERVED, slip), now=SERVED)
    assert firm.subject_id is not None
    penalty = penalty_of(market, firm.subject_id)
    mark(market, (firm.subject_id, penalty), MarkKind.FROZEN, now=SERVED)
    with pytest.raises(Refused, match="LIST-NO-BASIS"):
        casework.carry_out(found.case_id, verb="enter", actor=market.clerk, now=SERVED)
    assert settle(SERVED).listed == 0
    with pytest.raises(Refused, match="LIST-NO-BASIS"):
        facade.draft_listing(market.clerk, "market", cells=LISTING, now=SERVED)


@pytest.mark.clause("P5.2d")
def test_the_pages_say_which_list_why_until_when_and_what_to_do(market: Office, firm: Actor, slip: Path) -> None:
    listed(market, slip)
    entry = entry_of(firm)
    with simulated(SERVED):
        public = sign_in("firm").get("/lists/market").content.decode()
        own = sign_in("firm").get(f"/me/lists/{entry.id}").content.decode()
        dept = sign_in("ytsj-clerk").get("/dept/lists").content.decode()
        enterprise = sign_in("firm").get(f"/subjects/{FIRM}?tab=lists").content.decode()
    for words in ("云汀禾木商贸有限公司", "为什么公开", "云市监列〔2026〕1号", "2029年12月3日", "不在这里公示"):
        assert words in public, words
    for words in ("受到较重行政处罚并且情节严重", "2029年12月4日自动移出，不用申请", "最早2027年12月4日", "提出异议"):
        assert words in own, words
    assert "云汀禾木商贸有限公司" not in dept
    assert "为什么公开" in enterprise
