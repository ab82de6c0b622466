"""What an officer is shown for a matter, what of it is kept, and who is turned away."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.audit.models import Event
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.determinations import facade as determinations
from chengxin.incentives import facade as incentives
from chengxin.intake.tests.conftest import Office
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.lists.contracts import Entry
from chengxin.lists.tests.conftest import FIRM, service
from chengxin.matters import facade
from chengxin.matters.shelf import BadKind, read_kinds
from chengxin.matters.tests.conftest import NUMBER, asked
from chengxin.measures import facade as measures
from chengxin.measures.contracts import Proposal

ADDRESS = f"/dept/matters/food_licence?number={NUMBER}&uscc={FIRM}"


def proposed(office: Office, entry: Entry, *, matter: str = NUMBER) -> str:
    proposal = Proposal(
        measure="no_fast_track",
        subject_id=entry.subject_id,
        record_id=entry.record_id,
        decision_no="云市监普〔2026〕1号",
        reasons="在市场监管严重违法失信名单上。",
        proportionality="只按普通程序办理，不影响申请本身。",
        not_spared="危害后果不轻微。",
        matter=matter,
    )
    return measures.propose(office.clerk, proposal, now=now())


def looks_written() -> int:
    with access.acting_for(platform("look"), channel=Channel.JOB, purpose="audit"):
        return Event.objects.count()


@pytest.mark.clause("P5.1b")
def test_an_officer_sees_facts_of_the_matter_alone_hits_to_confirm_and_hints_with_their_reason(
    market: Office, entry: Entry
) -> None:
    opened = facade.open_matter(market.clerk, asked(), now=now())
    assert {line.item_code for line in opened.facts} == {"penalty", "serious_list.market"}
    assert {line.item_code for line in opened.applicant.lines} - {"penalty", "serious_list.market"} == {"honour"}
    (matched,) = opened.matched
    (hit,) = matched.hits
    assert (matched.measure, hit.list, hit.action, hit.rule) == (
        *("no_fast_track", "market"),
        *("block_proposed", "identifier_uscc"),
    )
    assert [(hint.code, hint.because) for hint in opened.hints] == [
        ("fast_track", ("诚信示范单位",)),
        ("lenient_intake", ("诚信示范单位",)),
    ]
    assert (opened.choices, opened.proposed, opened.applied) == ([], [], [])


@pytest.mark.clause("P5.2d")
def test_only_a_measure_served_to_its_subject_is_in_force_and_then_the_hint_it_excludes_is_gone(
    market: Office, entry: Entry, slip: Path
) -> None:
    number = proposed(market, entry)
    opened = facade.open_matter(market.clerk, asked(), now=now())
    assert [(one.number, one.facts["matter"]) for one in opened.proposed] == [(number, NUMBER)]
    assert opened.applied == []
    assert "lenient_intake" in {hint.code for hint in opened.hints}
    (row,) = [one for one in determinations.list_of_body(market.clerk, limit=9, offset=0) if one.number == number]
    draft = determinations.open_of_body(market.clerk, row.id, now=now()).found
    told, heard = now(), now() + timedelta(days=10)
    determinations.serve_notice(market.clerk, draft.id, service(told, slip), now=told)
    casework.carry_out(draft.case_id, verb="propose", actor=market.clerk, now=heard, reasons="事实清楚。")
    determinations.open_paper(market.approver, draft.id, "notice", now=heard)
    casework.carry_out(draft.case_id, verb="decide", actor=market.approver, now=heard, reasons="同意。")
    assert facade.open_matter(market.clerk, asked(), now=heard).applied == []
    determinations.serve_decision(market.clerk, draft.id, service(heard, slip), now=heard)
    opened = facade.open_matter(market.clerk, asked(), now=heard)
    assert [(one.measure, one.number) for one in opened.applied] == [("no_fast_track", number)]
    assert [hint.code for hint in opened.hints] == ["fast_track"]
    assert opened.applied[0].starts_on >= legal_day(heard)


@pytest.mark.clause("P5.1b")
def test_a_choice_is_kept_with_its_matter_and_never_scored_and_a_hit_is_cleared_where_it_is_seen(
    market: Office, entry: Entry
) -> None:
    clerk = sign_in("ytsj-clerk")
    bare = clerk.post(ADDRESS, {"verb": "refuse", "hint": "fast_track", "reasons": " "})
    assert (bare.status_code, "请写不采用的理由" in bare.content.decode()) == (422, True)
    assert clerk.post(ADDRESS, {"verb": "refuse", "hint": "fast_track", "reasons": "材料不齐"}).status_code == 302
    assert clerk.post(ADDRESS, {"verb": "use", "hint": "lenient_intake", "reasons": "x"}).status_code == 302
    assert clerk.post(ADDRESS, {"verb": "use", "hint": "fewer_inspections"}).status_code == 422  # Not of this matter.
    kept = incentives.choices_of(market.clerk, entry.subject_id, now=now())
    assert sorted((one.matter, one.hint, one.is_used, one.reasons) for one in kept) == [
        (NUMBER, "fast_track", False, "材料不齐"),
        (NUMBER, "lenient_intake", True, ""),
    ]
    shown = clerk.get(ADDRESS).content.decode()
    assert (shown.count("没有采用"), shown.count("已经采用"), "材料不齐" in shown) == (1, 1, True)
    other = clerk.get(ADDRESS.replace("31号", "32号")).content.decode()
    assert (other.count("没有采用"), other.count("已经采用")) == (0, 0)
    # A hit that is somebody else is cleared from here too, and waits for a second officer.
    given = {"entry": str(entry.id), "purpose": "no_fast_track", "reasons": "营业执照核对过，不是同一主体。"}
    done = clerk.post(ADDRESS, given)
    assert (done.status_code, done["Location"].startswith("/dept/matters/food_licence?number=")) == (302, True)
    assert "等另一人确认" in clerk.get("/dept/matching").content.decode()
    assert clerk.post(ADDRESS, {**given, "purpose": "procurement"}).status_code == 422
    assert clerk.post(ADDRESS, {**given, "entry": "x"}).status_code == 422


@pytest.mark.clause("P5.2d")
def test_whoever_does_not_handle_the_matter_sees_nothing_and_nothing_is_written(
    market: Office, finance: Office, entry: Entry
) -> None:
    before = looks_written()
    for actor, given, code in (
        (finance.clerk, asked(), "MATTER-NOT-YOURS"),
        (market.approver, asked(), "A-NO-RIGHT"),
        (market.clerk, asked(number=" "), "MATTER-NO-NUMBER"),
        (market.clerk, asked(uscc="91390100MA00009999"), "MATTER-UNKNOWN"),
    ):
        with pytest.raises(Refused, match=code):
            facade.open_matter(actor, given, now=now())
    assert looks_written() == before
    assert sign_in("ytcz-clerk").get(ADDRESS).status_code == 422
    assert sign_in("firm").get(ADDRESS).status_code == 403
    assert sign_in("ytsj-clerk").get("/dept/matters/nothing?number=1&uscc=2").status_code == 404
    assert [kind.code for kind in facade.kinds_for(finance.clerk)] == ["public_funds", "tender_supplier"]


def test_a_kind_that_names_no_law_an_unknown_item_or_an_untied_measure_cannot_be_read() -> None:
    row = "- {code: a, title: {zh: 甲, en: A}, bodies: [market], basis: [FSL/35], facts: [penalty], lists: [market]}\n"
    assert list(read_kinds(row)) == ["a"]
    for wrong in (
        row.replace("basis: [FSL/35], ", ""),
        row.replace("[penalty]", "[hobby]"),
        row.replace("lists: [market]", "lists: [abnormal], measures: [procurement]"),
        row + row,
    ):
        with pytest.raises(BadKind):
            read_kinds(wrong)


def test_an_applicant_on_no_list_is_handled_as_usual_and_stale_lists_are_never_called_no_hit(
    market: Office, applicant: Actor, kept: object
) -> None:
    kept(now())  # type: ignore[operator]
    (matched,) = facade.open_matter(market.clerk, asked(), now=now()).matched
    assert (matched.outcome, list(matched.hits)) == ("none", [])
    later = now() + timedelta(hours=1)
    (matched,) = facade.open_matter(market.clerk, asked(), now=later).matched
    assert (matched.outcome, list(matched.hits)) == ("degraded", [])
