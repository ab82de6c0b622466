"""The public pages, without a script and without signing in."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.tests.conftest import NEVER_SEEN
from chengxin.kernel.clock import BEIJING, simulated


@pytest.fixture(autouse=True)
def today():
    with simulated(datetime(2026, 11, 22, 9, 0, tzinfo=BEIJING)):
        yield


def text(path, *, status=200, **headers):
    response = Client().get(path, headers=headers)
    assert response.status_code == status, (path, response.status_code)
    return response.content.decode()


@pytest.mark.clause("P3.3b")
def test_the_list_counts_what_is_in_force_and_what_is_public():
    page = text("/catalogue")
    assert "公共信用信息目录" in page
    assert "70" in page
    assert 'href="/catalogue/groups"' in page


@pytest.mark.parametrize(
    ("query", "expected", "absent"),
    [
        ("national_class=5", "经营异常名录", "行政处罚"),
        ("nature=favourable&subject_kind=natural_person", "见义勇为", "纳税信用级别"),
        ("mode=public&national_class=2", "失信被执行人", "限制消费令"),
        ("national_class=99", "行政处罚", "没有符合条件的条目"),
        ("national_class=12&nature=adverse", "没有符合条件的条目", "专利"),
    ],
)
def test_the_list_is_narrowed_by_class_nature_subject_and_mode(query, expected, absent):
    table = text(f"/catalogue?{query}").partition("<main")[2].partition("</form>")[2]
    if expected == "行政处罚":
        table += text(f"/catalogue?{query}&page=2").partition("</form>")[2]
    assert expected in table
    assert absent not in table


@pytest.mark.clause("P4.3b")
def test_an_item_says_why_who_how_long_and_what():
    page = text("/catalogue/penalty")
    for told in (
        "为什么可以归集",
        "行政处罚法》第48条",
        "谁能看到",
        "什么时候结束",
        "轻微：不公示",
        "自失信行为终止之日（没有的，自）认定之日起5年",
        "（暂定）",
        "加密，不公开",
        "全部隐去",
        "CF_XDR_ZJHM",
        "首次列入目录",
        "/catalogue/penalty/template.xlsx?version=1",
    ):
        assert told in page, told


def test_every_item_has_a_page_in_both_languages():
    for code in catalogue.list_item_codes()[::7]:
        text(f"/catalogue/{code}")
    english = text("/catalogue/penalty", **{"accept-language": "en"})
    assert "Administrative penalty" in english


def test_an_item_never_seen_before_has_its_page_and_its_files(bees):
    assert "养蜂登记" in text(f"/catalogue/{bees}")
    assert "蜂箱数量" in text(f"/catalogue/{bees}/template.csv")
    assert '"bee_keeping"' in text(f"/catalogue/{bees}/schema.json")
    assert "养蜂登记" in text("/catalogue?national_class=1")
    response = Client().get(f"/catalogue/{bees}/template.xlsx")
    assert response.headers["Content-Disposition"] == 'attachment; filename="bee_keeping-v1.xlsx"'


@pytest.mark.clause("E6.2a")
def test_a_change_is_in_the_log_and_on_the_page_of_the_item(written):
    later = "\n---\ncode: bee_keeping\nversion: 2\neffective_on: 2027-01-01\ndrop: [hives]\nfields:\n"
    later += "  - {name: swarms, title: [蜂群数量, Swarms], type: integer, public: true, use: title}\n"
    folder = written(NEVER_SEEN + later)
    catalogue.register_folder(folder)
    try:
        log = text("/standards")
        page = text("/catalogue/bee_keeping")
        next_page = text("/catalogue/bee_keeping?version=2")
    finally:
        catalogue.unregister_folder(folder)
    assert "养蜂登记，第2版" in log
    assert "新增列“蜂群数量”" in page
    assert "现行版本" in page
    assert "起生效" in next_page
    assert "现行版本" not in next_page


@pytest.mark.clause("P3.2a")
def test_the_groups_page_names_26_groups_with_departments_and_fields():
    page = text("/catalogue/groups")
    assert page.count('<tr role="row">') == 27
    assert "G04 律师" in page
    assert "司法行政" in page
    assert "只登记已经生效的认定结果，不登记行车记录和日常驾驶行为。" in page
    assert "律师职称和职业资格信息" in text("/catalogue?group=G04")


@pytest.mark.parametrize("path", ["/catalogue/nothing", "/catalogue/penalty?version=9", "/catalogue?group=G99"])
def test_what_is_not_in_the_catalogue_is_refused_in_words(path):
    response = Client().get(path)
    assert 400 <= response.status_code < 500
    assert "没有" in response.content.decode()


def test_the_pages_do_not_touch_the_database():
    """No database mark: a query would fail this test."""
    text("/catalogue")
    text("/catalogue/licence")
    text("/standards")
