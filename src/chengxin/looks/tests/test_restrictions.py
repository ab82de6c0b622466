"""Looks withheld by law: asked by one, approved by another, shown again by themselves, and never a day longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.access import facade as access
from chengxin.audit.contracts import LookFilter
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.looks import facade, models
from chengxin.looks.contracts import Withholding
from chengxin.looks.grounds import BadGround, grounds, read_grounds
from chengxin.looks.jobs import keep_day
from chengxin.looks.restrictions import REGISTRAR
from chengxin.looks.tests.conftest import NOW, Look, Office, citizen, sign_in
from chengxin.notices import facade as notices
from chengxin.objections.tests.conftest import office, officer

__all__ = ["office"]
LIN = "390101199001010017"
ENDS = date(2026, 12, 20)


def asked(**given: Any) -> Withholding:
    told: dict[str, Any] = {
        "number": LIN,
        "reference": "案-9",
        "ground": "impedes_duty",
        "article": "",
        "ends_on": ENDS,
        "reasons": "正在调取证据，当事人知道后可能转移。",
    }
    return Withholding(**(told | given))


def take(case: Case, verb: str, actor: Actor, reasons: str = "理由和期限成立。") -> Case:
    return casework.carry_out(case.id, verb=verb, actor=actor, reasons=reasons, now=NOW)


def withheld(market: Office) -> Case:
    case = facade.register_restriction(market.clerk, asked(), now=NOW)
    return take(case, "approve", market.approver)


def seen(person: Actor, *, at: Any = NOW) -> list[UUID]:
    with simulated(at):
        return [look.event_id for look in facade.own_looks(person, now=at, limit=50).lines if not look.is_own]


@pytest.mark.clause("P4.1a")
def test_a_look_is_withheld_only_when_another_person_in_another_post_has_approved(
    lin: Actor, look: Look, market: Office
) -> None:
    event_id = look(lin, reference="案-9")
    case = facade.register_restriction(market.clerk, asked(), now=NOW)
    assert case.state == "proposed"
    assert event_id in seen(lin)
    with pytest.raises(Refused, match="A-NO-RIGHT"):
        take(case, "approve", market.clerk)
    both = officer("both", "YTSJ", Role.CLERK, Role.APPROVER)
    own = facade.register_restriction(both, asked(), now=NOW)
    with pytest.raises(Refused, match="A-FOUR-EYES"):
        take(own, "approve", both)
    assert event_id in seen(lin)
    assert take(case, "approve", market.approver).state == "running"
    assert event_id not in seen(lin)


def test_exactly_the_looks_of_the_case_are_withheld_and_a_later_one_is_not(
    lin: Actor, look: Look, market: Office
) -> None:
    inside, other_case = look(lin, reference="案-9"), look(lin, reference="案-10")
    wang = citizen("wang", "390202198506151023")
    others = look(wang, reference="案-9")
    withheld(market)
    later = look(lin, reference="案-9", at=NOW + timedelta(hours=1))
    now_seen = seen(lin)
    assert inside not in now_seen
    assert {other_case, later} <= set(now_seen)
    assert others in seen(wang)


def test_neither_the_page_nor_the_proof_nor_a_report_nor_a_count_gives_it_away(
    lin: Actor, look: Look, market: Office
) -> None:
    event_id = look(lin, reference="案-9")
    look(lin, reference="案-10")
    before = facade.count_own_looks(lin, now=NOW, chosen=LookFilter())
    withheld(market)
    assert facade.count_own_looks(lin, now=NOW, chosen=LookFilter()) == before - 1
    client = sign_in("lin")
    assert client.get(f"/me/looks/{event_id}").status_code == 404
    assert client.get(f"/me/looks/{event_id}/proof").status_code == 404
    assert str(event_id) not in client.get("/me/looks").content.decode()
    with pytest.raises(Refused, match="ABSENT"):
        facade.challenge(lin, event_id, now=NOW)
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"), connection.cursor() as cursor:
        cursor.execute("select count(*) from looks_restriction")
        assert cursor.fetchone() == (0,)
        cursor.execute("select count(*) from casework_case where procedure = 'look_restriction'")
        assert cursor.fetchone() == (0,)


def test_the_person_sees_how_many_a_month(lin: Actor, look: Look, market: Office) -> None:
    look(lin, reference="案-9")
    look(lin, reference="案-9", at=NOW - timedelta(days=30))
    withheld(market)
    assert facade.own_looks(lin, now=NOW).withheld == [(date(2026, 10, 1), 1), (date(2026, 11, 1), 1)]
    client = sign_in("lin")
    page = client.get("/me/looks").content.decode()
    assert "2026-10：1次" in page
    assert "2026-11：1次" in page
    assert "另有2次依法暂不显示" in page
    assert "还没有人看过您的档案" not in page
    assert client.get("/api/v1/me/looks").json()["withheld"] == [
        {"month": "2026-10", "looks": 1},
        {"month": "2026-11", "looks": 1},
    ]
    wang = citizen("wang", "390202198506151023")
    assert facade.own_looks(wang, now=NOW).withheld == []
    years = [facade.own_summary(person, year, now=NOW).withheld for person in (lin, wang) for year in (2026, 2025)]
    assert years == [2, 0, 0, 0]
    days = facade.own_summary(lin, 2026, now=NOW).days
    assert [one for one in days if one.purpose == "case_handling"] == []


@pytest.mark.clause("P4.1a")
def test_redline_07_what_is_withheld_is_shown_by_itself_at_midnight_of_its_last_day(
    lin: Actor, look: Look, market: Office
) -> None:
    event_id = look(lin, reference="案-9")
    case = withheld(market)
    midnight = NOW.replace(month=12, day=19, hour=16, minute=0)  # 00:00 on 20 December in Beijing
    assert event_id not in seen(lin, at=midnight - timedelta(seconds=1))
    assert event_id in seen(lin, at=midnight)
    with simulated(midnight):
        own = facade.own_look(lin, event_id, now=midnight)
        assert own.was_withheld is not None
        assert (own.was_withheld.ground, own.was_withheld.until) == ("impedes_duty", ENDS)
        assert keep_day(midnight, None) == {"handed_on": 0, "lapsed": 1, "summaries": 0}
        assert keep_day(midnight, None) == {"handed_on": 0, "lapsed": 0, "summaries": 0}
        page = sign_in("lin").get(f"/me/looks/{event_id}").content.decode()
    assert "告知将妨碍国家机关履行法定职责" in page
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        (notice,) = [one for one in notices.list_for(lin) if one.text == "look_shown_again"]
    assert notice.parameters == {}
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="look_restriction"):
        assert casework.access_case(case.id, actor=market.clerk).state == "lapsed"


def test_it_is_lifted_at_once_and_is_never_withheld_a_second_time(lin: Actor, look: Look, market: Office) -> None:
    event_id = look(lin, reference="案-9")
    case = withheld(market)
    assert take(case, "lift", market.clerk, "证据已经固定。").state == "lifted"
    assert event_id in seen(lin)
    with pytest.raises(Refused, match="LOOK-HIDE-NONE"):
        facade.register_restriction(market.clerk, asked(), now=NOW)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"ground": "vip"}, "LOOK-HIDE-GROUND"),
        ({"ground": "confidential"}, "LOOK-HIDE-ARTICLE"),
        ({"reference": " "}, "LOOK-HIDE-CASE"),
        ({"ends_on": NOW.date()}, "LOOK-HIDE-END"),
        ({"ends_on": NOW.date() + timedelta(days=91)}, "LOOK-HIDE-END"),
        ({"ground": "emergency", "ends_on": NOW.date() + timedelta(days=8)}, "LOOK-HIDE-END"),
        ({"number": "390101199001010018"}, "ID"),
        ({"number": "390202198506151023"}, "LOOK-HIDE-NONE"),
        ({"reference": "案-99"}, "LOOK-HIDE-NONE"),
    ],
)
def test_without_ground_case_end_or_a_look_of_its_own_nothing_is_registered(
    lin: Actor, look: Look, market: Office, given: dict[str, Any], code: str
) -> None:
    look(lin, reference="案-9")
    with pytest.raises(Refused, match=code):
        facade.register_restriction(market.clerk, asked(**given), now=NOW)
    with access.acting_for(REGISTRAR, channel=Channel.JOB, purpose="look_restriction"):
        assert models.Restriction.objects.count() == 0
    assert facade.list_restrictions(market.clerk, now=NOW) == []


def test_neither_a_citizen_nor_an_approver_nor_another_body_asks(lin: Actor, look: Look, market: Office) -> None:
    look(lin, reference="案-9")
    other = officer("elsewhere", "YTSJ", Role.HALL_CLERK)
    for actor in (lin, market.approver, other):
        with pytest.raises(Refused, match="A-"):
            facade.register_restriction(actor, asked(), now=NOW)


def test_what_the_person_challenged_is_known_and_cannot_be_withheld(
    lin: Actor, look: Look, market: Office, office: object
) -> None:
    event_id = look(lin, reference="案-9")
    case = facade.register_restriction(market.clerk, asked(), now=NOW)
    facade.challenge(lin, event_id, now=NOW)
    with pytest.raises(Refused, match="LOOK-HIDE-LATE"):
        take(case, "approve", market.approver)
    assert event_id in seen(lin)
    with pytest.raises(Refused, match="LOOK-HIDE-NONE"):
        facade.register_restriction(market.clerk, asked(), now=NOW)


def test_nothing_is_approved_from_its_last_day_on(lin: Actor, look: Look, market: Office) -> None:
    event_id = look(lin, reference="案-9")
    case = facade.register_restriction(market.clerk, asked(), now=NOW)
    late = NOW + (ENDS - NOW.date()) - timedelta(hours=1)
    assert late.date() == ENDS
    with pytest.raises(Refused, match="LOOK-HIDE-LATE"):
        casework.carry_out(case.id, verb="approve", actor=market.approver, reasons="理由成立。", now=late)
    assert event_id in seen(lin)


def test_the_look_of_another_body_under_the_same_number_is_not_withheld(
    lin: Actor, look: Look, market: Office, office: object
) -> None:
    elsewhere = look(lin, reference="案-9", actor=officer("elsewhere", "YTXY", Role.CASE_OFFICER))
    with pytest.raises(Refused, match="LOOK-HIDE-NONE"):
        facade.register_restriction(market.clerk, asked(), now=NOW)
    own = look(lin, reference="案-9")
    withheld(market)
    assert elsewhere in seen(lin)
    assert own not in seen(lin)


def test_the_database_approves_no_proposal_of_ones_own(lin: Actor, look: Look, market: Office) -> None:
    look(lin, reference="案-9")
    both = officer("both", "YTSJ", Role.CLERK, Role.APPROVER)
    facade.register_restriction(both, asked(), now=NOW)
    with access.acting_for(both, channel=Channel.BODY, purpose="look_restriction"):
        assert models.Restriction.objects.update(approved_by=both.key, approved_at=NOW) == 0


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"approved_by": "x", "approved_at": NOW}, "looks_restriction_two_people"),
        ({"approved_by": "y"}, "looks_restriction_two_people"),
        ({"approved_at": NOW}, "looks_restriction_two_people"),
        ({"ground": ""}, "looks_restriction_ground"),
        ({"proposed_by": ""}, "looks_restriction_ground"),
        ({"ends_on": NOW.date()}, "looks_restriction_ends"),
        ({"ended_at": NOW}, "looks_restriction_began"),
    ],
)
def test_the_table_keeps_no_restriction_by_one_person_without_ground_or_without_end(
    owner: Any, changed: dict[str, Any], constraint: str
) -> None:
    row = {
        "id": UUID(int=7),
        "registration_id": UUID(int=8),
        "event_id": UUID(int=9),
        "subject_id": UUID(int=10),
        "looked_on": NOW.date(),
        "body": "YTSJ",
        "ground": "emergency",
        "ends_on": ENDS,
        "proposed_by": "x",
        "proposed_at": NOW,
        "approved_by": "",
        **changed,
    }
    owner.execute("alter table looks_restriction no force row level security")
    places = ", ".join(["%s"] * len(row))
    with pytest.raises(psycopg.errors.CheckViolation, match=constraint):
        owner.execute(f"insert into looks_restriction ({', '.join(row)}) values ({places})", [*row.values()])


def test_the_database_withholds_nothing_by_one_person_twice_or_of_another_event(
    lin: Actor, look: Look, market: Office
) -> None:
    event_id = look(lin, reference="案-9")
    wang = citizen("wang", "390202198506151023")
    facade.register_restriction(market.clerk, asked(), now=NOW)
    facade.register_restriction(market.clerk, asked(), now=NOW)
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="look_restriction"):
        rows = models.Restriction.objects.order_by("id")
        first, second = rows[0], rows[1]
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            models.Restriction.objects.filter(id=first.id).update(approved_at=NOW, approved_by=market.clerk.key)
        approval = {"approved_by": market.approver.key, "approved_at": NOW}
        assert models.Restriction.objects.filter(id=first.id).update(**approval) == 1
        with pytest.raises(IntegrityError, match="looks_restriction_once"), transaction.atomic():
            models.Restriction.objects.filter(id=second.id).update(**approval)
    with (
        access.acting_for(REGISTRAR, channel=Channel.JOB, purpose="look_restriction"),
        pytest.raises(ProgrammingError, match="row-level security"),
    ):
        models.Restriction.objects.create(
            id=UUID(int=7), registration_id=UUID(int=8), event_id=event_id, subject_id=wang.subject_id,
            looked_on=NOW.date(), body="YTSJ", ground="emergency", ends_on=ENDS, proposed_by="x", proposed_at=NOW,
        )  # fmt: skip


def test_oversight_sees_all_that_runs_and_the_public_sees_how_many(lin: Actor, look: Look, market: Office) -> None:
    look(lin, reference="案-9")
    facade.register_restriction(market.clerk, asked(), now=NOW)
    withheld(market)
    auditor = officer("auditor", "YTSJ", Role.AUDIT_ADMIN)
    (running,) = facade.list_running(auditor, now=NOW)
    assert (running.body, running.ground, running.looks, running.ends_on) == ("YTSJ", "impedes_duty", 1, ENDS)
    assert running.approved_by == market.approver.key
    page = sign_in("auditor").get("/office/restrictions").content.decode()
    assert "云汀市市场监督管理局" in page
    assert "ytsj-clerk" in page
    assert "林禾舟" not in page
    with pytest.raises(Refused, match="A-"):
        facade.list_running(market.clerk, now=NOW)
    counted = {one.ground: one for one in facade.count_grounds(now=NOW)}
    assert list(counted) == ["confidential", "not_told", "impedes_duty", "emergency"]
    told = counted["impedes_duty"]
    assert (told.running, told.looks, told.begun, told.ended) == (1, 1, 1, 0)
    public = sign_in("lin").get("/openness/withheld-looks")
    assert public.status_code == 200
    assert "云汀市市场监督管理局" not in public.content.decode()
    ended = {one.ground: one for one in facade.count_grounds(now=NOW + timedelta(days=60))}["impedes_duty"]
    assert (ended.running, ended.looks, ended.begun, ended.ended) == (0, 0, 1, 1)


def test_a_ground_that_no_article_of_the_law_opens_is_refused() -> None:
    row = "- {code: quiet, zh: 不便公开, en: Quiet, basis: [D/look-restriction], cap: look.restriction.duty}"
    with pytest.raises(BadGround, match="only the law on personal information"):
        read_grounds(row)
    assert all(one.basis for one in grounds().values())


@pytest.fixture
def visit(browser_page: Callable[..., Page], live_server: Any) -> Callable[..., Page]:
    """Open a page as somebody: on a phone without scripts, or with them for the checks of accessibility."""

    def opened(username: str, path: str, *, scripts: bool = False) -> Page:
        cookies = (cookie_of(username, live_server.url),)
        page = browser_page(width=320 if scripts else 360, javascript=scripts, cookies=cookies)
        page.goto(path if path.startswith("http") else live_server.url + path)
        return page

    return opened


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_clerk_registers_an_approver_approves_and_the_person_sees_the_count_on_a_phone(
    lin: Actor, look: Look, market: Office, visit: Callable[..., Page]
) -> None:
    look(lin, reference="案-9")
    page = visit("ytsj-clerk", "/dept/restrictions/new")
    keep(page, "restriction-new")
    page.get_by_label("当事人的身份证号码").fill(LIN)
    page.get_by_label("案件编号").fill("案-9")
    page.get_by_label("法定理由").select_option("impedes_duty")
    page.get_by_label("截止日").fill("2026-12-20")
    page.get_by_label("理由", exact=True).fill("正在调取证据。")
    page.get_by_role("button", name="提交批准").click()
    assert page.get_by_text("待批准，现在仍然显示").first.is_visible()
    second = visit("ytsj-approver", page.url)
    keep(second, "restriction-case")
    second.get_by_label("理由").fill("已核对立案文书。")
    second.get_by_role("button", name="理由和期限成立，批准").click()
    mine = visit("lin", "/me/looks")
    assert mine.get_by_text("有查看依法暂不显示").is_visible()
    keep(mine, "restriction-mine")
    for username, path in (
        ("lin", "/me/looks"),
        ("lin", "/openness/withheld-looks"),
        ("ytsj-clerk", "/dept/restrictions"),
        ("ytsj-clerk", "/dept/restrictions/new"),
    ):
        keep(visit(username, path), path.strip("/").replace("/", "-"))
        assert problems_of(visit(username, path, scripts=True)) == []
