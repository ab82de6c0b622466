"""Checks of prices and pages: the days before, the seeded items that are missing, notes and no verdicts."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.database.contracts import Channel
from chengxin.inspections import disclosing, facade, pricing
from chengxin.inspections.check_display import SAMPLE
from chengxin.inspections.tests.conftest import City, code
from chengxin.intake.tests.conftest import NOW, SETUP
from chengxin.kernel.actor import Actor
from chengxin.leads.models import Finding, Lead

HEAD = "shop,goods,day,lowest_sold,was,explained\n"
PAGE = """<html><head><style>.x{}</style><script>var licence = "营业执照"</script></head><body><h1>红豆糕</h1>
<img alt="优惠价 ￥25.00"><p>支持七日无理由退货</p><input type="checkbox" name="insurance" %s></body></html>"""


def judged(lines: str) -> list[tuple[str, int, int | None, date | None, bool]]:
    found = pricing.comparisons(pricing.read_series(HEAD + lines))
    return [(one.goods, one.was_fen, one.base_fen, one.base_on, one.is_above) for one in found]


@pytest.mark.clause("E5.1c")
def test_a_former_price_is_held_against_the_lowest_of_the_seven_days_before_else_the_last_trade() -> None:
    week = "S-1,糕,2026-11-03,19,,\nS-1,糕,2026-11-04,30,,\nS-1,糕,2026-11-09,28,,\nS-1,糕,2026-11-11,25,%s,%s\n"
    base = (2800, date(2026, 11, 9))
    assert judged(week % ("28.01", "")) == [("糕", 2801, *base, True)]
    assert judged(week % ("28", "")) == [("糕", 2800, *base, False)]
    assert judged(week % ("59", "1")) == []
    old = "S-1,糕,2026-10-01,40,,\nS-1,糕,2026-10-02,45,,\nS-1,糕,2026-11-11,,%s,\n"
    assert judged(old % "45") == [("糕", 4500, 4500, date(2026, 10, 2), False)]
    assert judged(old % "45.5") == [("糕", 4550, 4500, date(2026, 10, 2), True)]
    assert judged("S-1,糕,2026-11-11,25,59,\n") == [("糕", 5900, None, None, False)]


def test_a_comparison_counts_once_from_its_first_day_and_its_own_low_price_clears_nothing() -> None:
    days = [f"S-1,糕,2026-11-{day:02},{60 if day < 11 else 20},{'' if day < 11 else 59},\n" for day in range(8, 15)]
    once = judged("".join(days))
    assert [row[1:3] for row in once] == [(5900, 6000)]
    assert judged("".join(reversed(days))) == once
    assert judged("S-1,糕,2022-06-01,20,,\nS-1,糕,2022-06-30,20,59,\n") == []


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("a,b\n1,2\n", "IN-SERIES file"),
        (HEAD, "IN-SERIES file"),
        (HEAD + "S-1,糕,11月1日,1,,\n", "IN-SERIES-LINE file"),
        (HEAD + "S-1,糕,2026-11-01,-1,,\n", "IN-SERIES-LINE file"),
        (HEAD + "S-1,糕,2026-11-01,1,,\nS-1,糕,2026-11-01,2,,\n", "IN-SERIES-TWICE file"),
    ],
)
def test_a_bad_line_is_said_and_nothing_is_guessed(text: str, answer: str) -> None:
    assert code(partial(pricing.read_series, text)) == answer


@pytest.mark.clause("E2.5d")
@pytest.mark.clause("E5.1d")
def test_the_checker_finds_the_seeded_missing_items_in_visible_words_alone() -> None:
    def missing(source: str, page: str) -> list[str]:
        return [one.code for one in disclosing.look(source, page=page).missing]

    assert missing(PAGE % "", "home") == ["licence", "complaint"]
    shown = PAGE % "" + "<footer>91390100MA0000015M <a href='/tousu'>投诉和举报</a></footer>"
    assert missing(shown, "home") == []
    assert (missing(PAGE % "", "goods"), missing(PAGE % "checked", "goods")) == ([], ["tie_in"])
    assert missing(PAGE.replace("￥25.00", "").replace("无理由", "") % "", "goods") == ["price", "return_terms"]
    assert missing("<p>关闭个性化推荐</p>", "search") == []
    assert missing("", "search") == ["plain_option"]


@pytest.mark.clause("E5.1c")
@pytest.mark.clause("E2.5d")
def test_what_a_regulator_finds_is_a_note_with_rows_and_what_clears_it_and_two_kinds_make_a_lead(city: City) -> None:
    found, taken = facade.check_prices(city.first, SAMPLE, platform="SHOP", now=NOW)
    assert taken is not None
    assert ([one.is_above for one in found], taken.new, taken.opened) == ([True], 1, [])
    with access.acting_for(SETUP, channel=Channel.JOB, purpose="lead_detection"):
        note = Finding.objects.get()
    assert note.rows == [
        {
            "day": "2026-11-11",
            "order": "",
            "values": {"goods": "红豆糕", "was_fen": 5900, "base_fen": 2990, "base_on": "2026-11-09"},
        }
    ]
    assert (note.values, note.limits, note.outcome) == ({"comparisons": 1}, {"days": 7}, "")
    assert "成交的单据" in note.clears[0]
    assert facade.check_prices(city.first, SAMPLE, platform="SHOP", now=NOW)[1].known == 1  # type: ignore[union-attr]
    look = partial(facade.check_page, city.first, page="home", platform="SHOP", copied_on=date(2026, 11, 11), now=NOW)
    _looked, also = look("<p>红豆糕</p>", shop="S-1")
    assert also is not None
    assert len(also.opened) == 1
    assert look("<p>红豆糕</p>", shop="G-1")[1].aside == {"individual": 1}  # type: ignore[union-attr]
    (line,) = facade.list_bulletin()
    assert (line.platform, line.checks, line.looked, line.pointed) == ("SHOP", 2, 2, 2)
    assert "红豆糕" not in Client().get("/prices").content.decode()


@pytest.mark.clause("E2.5d")
def test_a_platform_checks_its_own_shops_for_itself_and_nothing_is_kept(city: City, merchant: Actor) -> None:
    found, taken = facade.check_prices(city.clerk, SAMPLE, platform="SHOP", now=NOW)
    assert ([one.is_above for one in found], taken) == ([True], None)
    assert code(partial(facade.check_prices, merchant, SAMPLE, platform="SHOP", now=NOW)).startswith("A-")
    desk = sign_in("shop-clerk")
    sent = {"platform": "SHOP", "shop": "S-1", "page": "home", "copied_on": "2026-11-11"}
    file = SimpleUploadedFile("home.html", (PAGE % "").encode())
    page = desk.post("/biz/platform/checks/page", sent | {"file": file}).content.decode()
    assert [words in page for words in ("只给您看，没有保存", "首页显著位置公示了营业执照信息")] == [True, True]
    file = SimpleUploadedFile("s.csv", "\ufeff".encode() + SAMPLE.encode())
    page = desk.post("/biz/platform/checks/prices", {"platform": "SHOP", "file": file}).content.decode()
    assert "高于之前的成交价" in page
    bad = desk.post("/biz/platform/checks/prices", {"platform": "SHOP", "file": SimpleUploadedFile("s.csv", b"\xff")})
    assert bad.status_code == 422
    with access.acting_for(SETUP, channel=Channel.JOB, purpose="lead_detection"):
        assert [Finding.objects.count(), Lead.objects.count()] == [0, 0]
    assert facade.list_bulletin() == []
