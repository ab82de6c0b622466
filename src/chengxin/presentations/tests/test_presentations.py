"""本人出示: the person chooses, the recipient sees it live, every opening is seen, taking back is at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.access import facade as access
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Look
from chengxin.database.contracts import Channel
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.kernel.actor import ANYONE, Actor, platform
from chengxin.kernel.clock import simulated
from chengxin.kernel.codes import read_code
from chengxin.kernel.refusal import Refused
from chengxin.presentations import facade, models
from chengxin.presentations.actions import OPENER
from chengxin.presentations.claims import BadClaim, read_claims
from chengxin.presentations.contracts import Standing, Wanted
from chengxin.presentations.tests.conftest import NOW, Office, citizen, sign_in
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind, Record
from chengxin.retention.tests.test_retention import swept


def wanted(**given: Any) -> Wanted:
    told: dict[str, Any] = {
        "reason": "rental",
        "recipient": "云汀租房",
        "claims": ("no_serious",),
        "record_ids": (),
        "is_whole": False,
        "shows_name": False,
        "days": 1,
        "uses": 2,
    }
    return Wanted(**(told | given))


def own_line(lin: Actor) -> Record:
    assert lin.subject_id is not None
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        (record,) = records.list_of_subject(lin.subject_id)
    return record


def mark(lin: Actor, market: Office, kind: MarkKind) -> None:
    assert lin.subject_id is not None
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
        records.mark(
            subject_id=lin.subject_id,
            record_id=line_id(lin),
            kind=kind,
            reason="核实有误",
            reference="T-1",
            actor=market.approver,
            now=NOW,
        )


def line_id(lin: Actor) -> Any:
    assert lin.subject_id is not None
    return records.list_of_subject(lin.subject_id)[0].record_id


def openings(lin: Actor) -> list[Look]:
    return [look for _one, looks in facade.list_own(lin, now=NOW) for look in looks]


@pytest.mark.clause("P4.2a")
def test_a_claim_is_confirmed_without_a_line_a_name_or_a_number(lin: Actor) -> None:
    code, made = facade.make(lin, wanted(), now=NOW)
    shown = facade.open_code(code.lower(), by=ANYONE, now=NOW)
    assert (shown.claims, list(shown.lines), shown.name, shown.gone) == ([("no_serious", True)], [], "", 0)
    page = Client().post("/verify/shown", {"code": code}).content.decode()
    assert "没有有效的严重失信记录" in page
    assert "云汀租房" in page
    for secret in ("林禾舟", "390101", "虚假广告", "处罚"):
        assert secret not in page
    (row,) = facade.list_own(lin, now=NOW)
    assert (row[0].id, row[0].uses) == (made.id, 2)


def test_chosen_lines_are_shown_live_and_gone_in_the_same_second_as_they_are_withdrawn(
    lin: Actor, market: Office
) -> None:
    record = own_line(lin)
    code, _made = facade.make(lin, wanted(claims=(), record_ids=(record.record_id,), shows_name=True), now=NOW)
    shown = facade.open_code(code, by=ANYONE, now=NOW)
    assert (shown.name, [line.record_id for line in shown.lines], shown.gone) == ("林禾舟", [record.record_id], 0)
    mark(lin, market, MarkKind.WITHDRAWN)
    again = facade.open_code(code, by=ANYONE, now=NOW)
    assert (list(again.lines), again.gone) == ([], 1)


def test_a_claim_that_holds_no_longer_is_not_confirmed_any_more_and_one_under_objection_is_used_against_nobody(
    lin: Actor, market: Office
) -> None:
    assert dict(facade.offer(lin, now=NOW).claims) == {"no_serious": True, "no_adverse": False}
    with pytest.raises(Refused, match="SHOW-NOT-TRUE"):
        facade.make(lin, wanted(claims=("no_adverse",)), now=NOW)
    mark(lin, market, MarkKind.OBJECTION)
    assert dict(facade.offer(lin, now=NOW).claims) == {"no_serious": True, "no_adverse": True}


def test_every_opening_is_seen_by_the_person_and_a_preview_of_the_link_opens_nothing(lin: Actor) -> None:
    code, made = facade.make(lin, wanted(), now=NOW)
    assert Client().get(f"/verify/shown/{code}").status_code == 200
    assert openings(lin) == []
    facade.open_code(code, by=ANYONE, now=NOW)
    (seen,) = openings(lin)
    assert (seen.outcome, seen.purpose, seen.reference) == ("delivered", "presentation", str(made.id))
    assert not seen.is_own
    page = sign_in("lin").get("/me/looks").content.decode()
    assert "拿到您出示码的人" in page
    assert "向别人出示您选的内容" in page


def test_taken_back_used_up_ended_and_unknown_are_answered_alike_and_an_attempt_is_seen(lin: Actor) -> None:
    second, third = (NOW + timedelta(seconds=seconds) for seconds in (1, 2))  # What one moment makes has no order.
    taken, made = facade.make(lin, wanted(), now=NOW)
    facade.take_back(lin, made.id, now=NOW)
    used, _one = facade.make(lin, wanted(uses=1), now=second)
    facade.open_code(used, by=ANYONE, now=second)
    ended, _two = facade.make(lin, wanted(days=1), now=third)
    answers = []
    for code, at in ((taken, third), (used, third), (ended, third + timedelta(days=1)), ("2222-2222-2222-2222", third)):
        with pytest.raises(Refused) as refused:
            facade.open_code(code, by=ANYONE, now=at)
        answers.append(refused.value.refusal)
    assert answers == [answers[0]] * 4
    assert sorted(look.outcome for look in openings(lin)) == ["delivered", "refused", "refused", "refused"]
    states = [one.standing(third) for one, _looks in facade.list_own(lin, now=third)]
    assert states == [Standing.OPEN, Standing.USED_UP, Standing.WITHDRAWN]


def test_the_database_counts_no_opening_beyond_the_last_after_taking_back_or_downwards(lin: Actor) -> None:
    code, made = facade.make(lin, wanted(uses=1), now=NOW)
    facade.open_code(code, by=ANYONE, now=NOW)
    digest = hashlib.sha256(read_code(code).encode()).hexdigest()
    row = models.Presentation.objects.filter(id=made.id)
    holding = {"channel": Channel.JOB, "purpose": "presentation", "case_ref": digest}
    with access.acting_for(OPENER, **holding):  # type: ignore[arg-type]
        with pytest.raises(IntegrityError, match="presentations_uses"), transaction.atomic():
            row.update(uses=2)
        for crooked in ({"uses": 0}, {"withdrawn_at": NOW}):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                row.update(**crooked)
    facade.take_back(lin, made.id, now=NOW)
    with access.acting_for(OPENER, **holding):  # type: ignore[arg-type]
        assert row.update(uses=1) == 0
    with access.acting_for(lin, channel=Channel.SELF, purpose="presentation"):
        assert row.update(withdrawn_at=NOW) == 0


def test_making_and_taking_back_are_acts_the_person_sees_and_one_is_taken_back_once(lin: Actor) -> None:
    _code, made = facade.make(lin, wanted(), now=NOW)
    for _ in range(2):
        facade.take_back(lin, made.id, now=NOW)
    assert lin.subject_id is not None
    with access.acting_for(lin, channel=Channel.SELF, purpose="presentation"):
        acts = [look.kind for look in audit.list_looks(lin.subject_id) if look.reference == str(made.id)]
    assert sorted(acts) == ["consent", "revoke"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"claims": ()}, "SHOW-NOTHING"),
        ({"claims": ("no_debts",)}, "SHOW-NOT-TRUE"),
        ({"record_ids": (uuid4(),)}, "SHOW-ABSENT"),
        ({"reason": "spying"}, "SHOW-REASON"),
        ({"recipient": "390101199001010017"}, "SHOW-RECIPIENT"),
        ({"days": 31}, "SHOW-DAYS"),
        ({"days": 0}, "SHOW-DAYS"),
        ({"uses": 21}, "SHOW-USES"),
        ({"uses": 0}, "SHOW-USES"),
    ],
)
def test_nothing_is_made_beyond_what_holds_and_the_caps(lin: Actor, given: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        facade.make(lin, wanted(**given), now=NOW)
    assert facade.list_own(lin, now=NOW) == []


def test_nobody_shows_or_takes_back_for_another_and_the_code_stands_nowhere(lin: Actor, market: Office) -> None:
    wang = citizen("wang", "390202198506151023")
    code, made = facade.make(lin, wanted(), now=NOW)
    assert facade.list_own(wang, now=NOW) == []
    with pytest.raises(Refused, match="ABSENT"):
        facade.take_back(wang, made.id, now=NOW)
    with pytest.raises(Refused, match="SHOW-ABSENT"):
        facade.make(wang, wanted(claims=(), record_ids=(own_line(lin).record_id,)), now=NOW)
    with pytest.raises(Refused, match="SIGN_IN_REQUIRED"):
        facade.make(market.clerk, wanted(), now=NOW)
    with access.acting_for(lin, channel=Channel.SELF, purpose="presentation"):
        (row,) = models.Presentation.objects.values()
    assert code not in str(row)
    assert facade.open_code(code, by=ANYONE, now=NOW).claims == [("no_serious", True)]


def test_a_body_that_opens_it_signed_in_is_told_of_a_correction(lin: Actor, market: Office, bank: Office) -> None:
    code, _made = facade.make(lin, wanted(is_whole=True, claims=()), now=NOW)
    facade.open_code(code, by=bank.clerk, now=NOW)
    assert lin.subject_id is not None
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        received = records.list_received(lin.subject_id, line_id(lin))
    assert [(one.body, one.outlet, one.purpose) for one in received] == [("BANK", "self.presented", "presentation")]


def test_a_claim_over_anything_else_than_nature_and_severity_is_refused() -> None:
    with pytest.raises(BadClaim, match="age mean nothing"):
        read_claims("claims: [{code: young, zh: 年轻, en: Young, none: {nature: adverse, age: 30}}]")


@pytest.mark.browser
def test_a_person_shows_a_claim_on_a_phone_without_scripts_and_takes_it_back(
    lin: Actor, live_server: Any, browser_page: Callable[..., Page]
) -> None:
    page = browser_page(width=360, javascript=False, cookies=(cookie_of("lin", live_server.url),))
    page.goto(live_server.url + "/me/presentations")
    keep(page, "show-empty")
    page.get_by_role("link", name="选内容，做一个出示码").click()
    assert page.locator("input:checked").count() == 0
    page.get_by_label("没有有效的严重失信记录").check()
    page.get_by_label("用途").select_option("rental")
    page.get_by_label("给谁看").fill("云汀租房")
    keep(page, "show-new")
    page.get_by_role("button", name="做一个出示码").click()
    code = page.locator(".code strong").inner_text()
    keep(page, "show-made")
    other = browser_page(width=360, javascript=False)
    other.goto(f"{live_server.url}/verify/shown/{code}")
    keep(other, "show-code")
    other.get_by_role("button", name="打开").click()
    assert other.get_by_text("没有有效的严重失信记录").is_visible()
    keep(other, "show-opened")
    page.goto(live_server.url + "/me/presentations")
    assert page.get_by_text("次数已用完").is_visible()
    keep(page, "show-list")
    for address in ("/me/presentations", "/me/presentations/new", "/verify/shown"):
        inspector = browser_page(width=320, cookies=(cookie_of("lin", live_server.url),))
        inspector.goto(live_server.url + address)
        assert problems_of(inspector) == []


def test_for_whom_it_was_is_kept_a_year_after_its_last_moment_and_emptied_by_the_sweep_alone(lin: Actor) -> None:
    facade.make(lin, wanted(days=1), now=NOW)
    sweeper = platform("retention")
    for actor, channel, purpose in ((lin, Channel.SELF, "presentation"), (sweeper, Channel.JOB, "retention")):
        with access.acting_for(actor, channel=channel, purpose=purpose):
            # Its person may not, and while it can be opened the sweep does not reach it either.
            if actor is lin:
                with pytest.raises(ProgrammingError, match="until its keeping ends"), transaction.atomic():
                    models.Presentation.objects.update(recipient="", withdrawn_at=NOW)
            else:
                assert models.Presentation.objects.update(recipient="") == 0
    # It ends on 24 November 2026; twelve months end with 24 November 2027.
    for days, gone in ((366, 0), (367, 1)):
        with simulated(NOW + timedelta(days=days)):
            assert swept("presentation", NOW + timedelta(days=days)) == gone
    ((shown, _looks),) = facade.list_own(lin, now=NOW)
    assert (shown.recipient, shown.reason) == ("", "rental")
