"""Occupations: membership from registers with start and end, and the report of ticked sections only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import orjson
import pytest
from playwright.sync_api import Page

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.archives import facade, groups
from chengxin.archives.contracts import ReportForm
from chengxin.archives.tests.conftest import accept, citizen, ground, hand_in
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, SETUP, Office, open_office
from chengxin.intake.tests.test_journey import cookie_of, is_sound, keep
from chengxin.kernel.actor import ANYONE, Actor, Role
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused

__all__ = ["accept", "ground", "hand_in"]
WHO = "姓名,证件类型,证件号码"
LIN, WANG = "林禾舟,身份证,390101199001010017", "望星遥,身份证,390202198506151023"
BASIC = f"{WHO},从业单位名称,从业起始日期,从业终止日期,登记日期,认定单位\n"
PAPERS = f"{WHO},证书名称,证书编号,发证日期,认定单位\n"
BREACH = (
    f"{WHO},失信行为,认定文书文号,认定事实,认定依据,认定日期,救济期届满日期,送达日期,不良影响认定依据,认定单位\n"
    f"{LIN},同时代理双方,云司惩〔2026〕1号,在同一案件中代理双方,律师法第三十九条,2026-03-02,2026-09-10,2026-03-05,"
    "损害委托人利益,云汀市司法局\n"
)
SINCE, DAY = "2020-07-01", timedelta(days=1)


def member(who: str, *, until: str = "") -> str:
    return f"{who},云汀清禾律师事务所,{SINCE},{until},2020-07-02,云汀市司法局\n"


File = Callable[..., Batch]


@pytest.fixture
def justice(ground: None) -> Office:
    items = tuple(f"group.G04.{part}" for part in ("basic", "qualification", "dishonesty"))
    return open_office("YTSF", "云汀市司法局", "91390100MA00000071", "390100", items, kind="justice")


@pytest.fixture
def file(justice: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]) -> File:
    """File one part of the lawyers' archive and accept it."""

    def carry(part: str, text: str, *, at: datetime = NOW) -> Batch:
        batch = hand_in(text.encode(), justice, item=f"group.G04.{part}", name=f"{part}.csv", key=f"{part}{at}")
        done = accept(batch.id, justice, now=at)
        assert done.accepted + done.corrected > 0, done
        return done

    return carry


@pytest.fixture
def lin(file: File) -> Actor:
    """Return a lawyer with a registration, a certificate and a finding; another has left the occupation."""
    file("basic", BASIC + member(LIN) + member(WANG, until="2026-10-31"))
    file("qualification", PAPERS + f"{LIN},法律职业资格证书,A2019-1,2019-05-01,云汀市司法局\n")
    file("dishonesty", BREACH)
    return citizen("lin", "390101199001010017")


def made(own: Actor, *parts: str, group: str = "G04", at: datetime = NOW) -> tuple[str, dict[str, Any]]:
    code = facade.make_occupational_report(own, group, parts, now=at, address_of=lambda it: f"https://example.org/{it}")
    return code, orjson.loads(facade.open_report(own, code, now=at).content)


def state(code: str, *, at: datetime = NOW) -> str:
    return facade.verify(code, actor=ANYONE, now=at).value


@pytest.mark.clause("P2.4c")
def test_the_report_shows_only_ticked_sections_and_a_revoked_code_says_so(lin: Actor) -> None:
    code, said = made(lin, "qualification")
    assert [one["title"] for one in said["chapters"]] == ["职业", "律师职称和职业资格信息", "怎样读这份报告"]
    assert [line["title"] for line in said["chapters"][1]["lines"]] == ["法律职业资格证书"]
    assert [word for word in ("清禾", "代理双方", "失信", "云司惩") if word in repr(said)] == []
    facts = {fact["name"]: fact["value"] for fact in said["chapters"][0]["facts"]}
    assert (facts["职业"], facts["本人出示"]) == ("律师", "律师职称和职业资格信息")
    both, shown = made(lin, "dishonesty", "basic")
    assert [one["title"] for one in shown["chapters"][1:3]] == ["律师基础信息", "律师违反执业规范失信信息"]
    assert [line["title"] for one in shown["chapters"][1:3] for line in one["lines"]] == [
        "云汀清禾律师事务所",
        "同时代理双方",
    ]
    assert (state(code), state(both)) == ("valid", "valid")  # Another choice is another report.
    again, _said = made(lin, "qualification")
    assert (state(code), state(again)) == ("superseded", "valid")
    with simulated(NOW):
        own = sign_in("lin")
        assert own.get(f"/me/reports/{both}.pdf").content[:5] == b"%PDF-"
        assert own.post(f"/me/reports/{both}/take-back").headers["Location"] == "/me/occupation"
        assert "已撤回" in own.get(f"/verify/{both}").content.decode()
        assert own.get(f"/me/reports/{both}.pdf").status_code == 422
    assert (state(both), state(again)) == ("withdrawn", "valid")


@pytest.mark.clause("P2.4c")
def test_it_gives_way_to_what_comes_in_a_ticked_section_and_is_silent_about_the_others(lin: Actor, file: File) -> None:
    papers, _said = made(lin, "qualification")
    breaches, _said = made(lin, "dishonesty")
    file("dishonesty", BREACH.replace("1号", "2号"), at=NOW + DAY)
    later = NOW + DAY + DAY
    assert (state(papers, at=later), state(breaches, at=later)) == ("valid", "superseded")
    assert len(made(lin, "dishonesty", at=later)[1]["chapters"][1]["lines"]) == 2


@pytest.mark.clause("P3.2a")
def test_leaving_the_occupation_closes_membership_the_day_after_its_last_day(lin: Actor, file: File) -> None:
    (held,) = facade.own_occupations(lin, now=NOW)
    assert (held.group.code, held.is_open, len(held.memberships)) == ("G04", True, 1)
    assert (str(held.memberships[0].starts_on), held.memberships[0].ends_on) == (SINCE, None)
    assert {part: len(lines) for part, lines in held.parts.items()} == {
        "basic": 1,
        "qualification": 1,
        "performance": 0,
        "honour": 0,
        "dishonesty": 1,
    }
    code, _said = made(lin, "qualification")
    file("basic", BASIC + member(LIN, until="2026-11-25"), at=NOW + DAY)
    assert state(code, at=NOW + DAY) == "superseded"  # Where the person works is what every report rests on.
    last = NOW.replace(day=25)
    code, _said = made(lin, "qualification", at=last)
    assert (facade.own_occupations(lin, now=last)[0].is_open, state(code, at=last)) == (True, "valid")
    assert (facade.own_occupations(lin, now=last + DAY)[0].is_open, state(code, at=last + DAY)) == (False, "superseded")
    with pytest.raises(Refused, match="OCCUPATION-CLOSED"):
        made(lin, "qualification", at=last + DAY)
    wang = citizen("wang", "390202198506151023")
    assert [one.is_open for one in facade.own_occupations(wang, now=NOW)] == [False]
    with simulated(NOW):
        page = sign_in("wang").get("/me/occupation").content.decode()
    assert ("不在岗" in page, "档案已经关闭" in page, "生成职业信用报告" in page) == (True, True, False)


@pytest.mark.clause("P3.2a")
def test_the_supervising_department_reads_counts_and_nobody_and_others_find_nothing(
    lin: Actor, justice: Office
) -> None:
    open_office("YTWJ", "云汀市卫生健康委员会", "91390100MA00000186", "390100", (), kind="health")
    (lawyers,) = groups.list_supervised(justice.clerk, now=NOW)
    assert lawyers.code == "G04"
    _group, found = groups.figures_of(justice.clerk, "G04", now=NOW)
    counts = {part: (one.records, one.members, one.left, one.strangers) for part, one in found.items()}
    assert counts == {"basic": (2, 1, 1, 0), "qualification": (1, 1, 0, 0), "dishonesty": (1, 1, 0, 0)}
    later = groups.figures_of(justice.clerk, "G04", now=NOW.replace(month=12, day=1))[1]
    assert later["basic"].members == 1
    with simulated(NOW):
        page = sign_in("ytsf-clerk").get("/dept/groups/G04").content.decode()
        other = sign_in("ytwj-clerk")
        assert (other.get("/dept/groups/G04").status_code, other.get("/dept/groups/G06").status_code) == (404, 200)
    assert ("100.0%" in page, "林禾舟" in page, "390101" in page) == (True, False, False)


@pytest.mark.clause("P3.2a")
def test_every_group_opens_for_whoever_supervises_it(ground: None) -> None:
    """Also one about which nobody filed a line, and one whose people are known by their enterprise (G03)."""
    kinds = {"justice", "market", "health", "police"}
    opened = 0
    for number, kind in enumerate(sorted(kinds)):
        office = open_office(f"YT{number}", f"云汀市{kind}", "", "390100", (), kind=kind)
        client = sign_in(f"yt{number}-clerk")
        for group in groups.list_supervised(office.clerk, now=NOW):
            with simulated(NOW):
                assert client.get(f"/dept/groups/{group.code}").status_code == 200, group.code
            opened += 1
    assert opened == 8
    access.give_post(
        access.open_account("handler", actor=SETUP, now=NOW).id,
        body="YT1",
        role=Role.CASE_OFFICER,
        actor=SETUP,
        now=NOW,
        starts_on=NOW.date(),
    )
    with simulated(NOW):  # An officer whose post reads no figures learns no more than whoever supervises another group.
        assert [sign_in("handler").get(f"/dept/groups/{one}").status_code for one in ("G03", "G99")] == [404, 404]


@pytest.mark.browser
@pytest.mark.clause("P3.2a")
@pytest.mark.django_db(transaction=True)
def test_the_counts_of_a_group_are_read_on_a_phone_without_scripts(
    lin: Actor, justice: Office, live_server: Any, browser_page: Callable[..., Page]
) -> None:
    page = browser_page(width=360, javascript=False, cookies=(cookie_of("ytsf-clerk", live_server.url),))
    page.goto(live_server.url + "/dept/groups")
    keep(page, "groups")
    page.get_by_role("link", name="G04 律师").click()
    assert page.get_by_text("只有数字，不列出任何人").is_visible()
    keep(page, "group-G04")
    inspector = browser_page(width=320, cookies=(cookie_of("ytsf-clerk", live_server.url),))
    assert is_sound(inspector, live_server.url + "/dept/groups/G04")


def test_nothing_is_ticked_for_anybody_and_nobody_makes_one_of_another_group(lin: Actor) -> None:
    for parts, group, code in (
        ((), "G04", "OCCUPATION-PARTS"),
        (("score",), "G04", "OCCUPATION-PARTS"),
        (("performance",), "G21", "OCCUPATION-PARTS"),
        (("basic",), "G06", "OCCUPATION-CLOSED"),
        (("basic",), "G99", "NO_SUCH_GROUP"),
    ):
        with pytest.raises(Refused, match=code):
            made(lin, *parts, group=group)
    with simulated(NOW):
        own = sign_in("lin")
        page = own.get("/me/occupation").content.decode()
        answer = own.post("/me/occupation", {"group": "G04"})
    assert (page.count('type="checkbox"'), " checked" in page) == (5, False)
    assert (answer.status_code, facade.list_reports(lin, now=NOW, form=ReportForm.OCCUPATION)) == (422, [])


@pytest.mark.browser
@pytest.mark.clause("P2.4c")
@pytest.mark.django_db(transaction=True)
def test_a_person_ticks_sections_on_a_phone_without_scripts_and_takes_the_report_back(
    live_server: Any, lin: Actor, browser_page: Callable[..., Page]
) -> None:
    url = live_server.url
    own = browser_page(width=360, javascript=False, cookies=[cookie_of("lin", url)])
    own.goto(url + "/me/occupation")
    keep(own, "occupation")
    own.get_by_label("律师职称和职业资格信息").check()
    own.get_by_role("button", name="生成职业信用报告").click()
    keep(own, "occupation-made")
    code = own.locator("main table a").first.inner_text().strip()
    own.get_by_role("link", name="撤回报告", exact=True).click()
    keep(own, "take-back")
    own.get_by_role("button", name="撤回这份报告").click()
    anyone = browser_page(width=320)
    assert is_sound(anyone, f"{url}/verify/{code}")
    assert "已撤回" in anyone.inner_text("main")
    assert is_sound(browser_page(width=320, cookies=[cookie_of("lin", url)]), url + "/me/occupation")
