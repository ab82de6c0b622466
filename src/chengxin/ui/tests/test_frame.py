"""The frame of a page: menus by role, display choices without scripts, the policy of the page."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.test import Client, RequestFactory

from chengxin.kernel.actor import Actor, Role
from chengxin.ui import menus
from chengxin.ui.apps import check_menus
from chengxin.ui.contracts import Entry
from chengxin.ui.paging import pager_of
from chengxin.ui.translations import SOURCES

CLERK = Actor(key="a1", roles=frozenset({Role.CLERK}))


@pytest.fixture
def demo(settings):
    settings.DEMO = True


@pytest.fixture
def declared(monkeypatch):
    entries = (
        Entry(section="dept", title="样张", url_name="ui_style"),
        Entry(section="dept", title="显示", url_name="ui_display", roles=frozenset({Role.CLERK})),
        Entry(section="dept", title="没有", url_name="no_such_page"),
    )
    monkeypatch.setattr(menus, "entries", lambda: entries)


def test_a_viewer_sees_the_entries_of_its_roles(declared):
    request = RequestFactory().get("/ui/error/404")
    assert [item.title for item in menus.menu_for(request, "dept")] == ["样张"]
    request.actor = CLERK
    assert [item.title for item in menus.menu_for(request, "dept")] == ["样张", "显示"]


def test_an_entry_of_some_bodies_is_for_their_staff_alone_and_asked_once(monkeypatch):
    asked = []

    def is_platform(body: str) -> bool:
        asked.append(body)
        return body == "P"

    given = {"section": "biz", "roles": frozenset({Role.CLERK}), "bodies": is_platform}
    entries = (Entry(title="样张", url_name="ui_style", **given), Entry(title="显示", url_name="ui_display", **given))
    monkeypatch.setattr(menus, "entries", lambda: entries)
    request = RequestFactory().get("/biz")
    request.actor = replace(CLERK, body="P")
    assert ([item.title for item in menus.menu_for(request, "biz")], asked) == (["样张", "显示"], ["P"])
    assert menus.may_open(request, "/ui")
    request.actor = replace(CLERK, body="Q")
    assert (menus.menu_for(request, "biz"), menus.may_open(request, "/ui")) == ([], False)
    assert menus.may_open(request, "/ui/error/404"), "What no menu knows is not kept from anybody."
    assert menus.may_open(RequestFactory().get("/"), "/ui"), "Who is not known yet is led to the page, and signs in."


def test_the_longest_fitting_address_is_the_current_one(declared):
    request = RequestFactory().get("/ui/error/404")
    assert [item.current for item in menus.menu_for(request, "dept")] == [True]


def test_a_menu_entry_without_an_address_is_reported(declared):
    assert [message.msg for message in check_menus()] == [
        "The menu entry “没有” names an unknown address: no_such_page."
    ]


def test_the_style_page_exists_in_the_demonstration_only(settings):
    settings.DEMO = False
    assert Client().get("/ui").status_code == 404
    settings.DEMO = True
    assert Client().get("/ui").status_code == 200


def test_no_page_may_run_inline_code(demo):
    policy = Client().get("/ui").headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy + ";"
    assert "style-src 'self';" in policy + ";"
    assert "unsafe" not in policy


def test_language_and_switches_stay_with_the_reader_and_the_page(demo):
    client = Client()
    response = client.post("/display", {"language": "en", "next": "/ui?a=1"})
    assert response.headers["Location"] == "/ui?a=1"
    assert '<html lang="en"' in client.get("/ui").content.decode()
    client.post("/display", {"switch": "large", "next": "/ui"})
    client.post("/display", {"switch": "contrast", "next": "/ui"})
    assert 'class="large contrast"' in client.get("/ui").content.decode()
    client.post("/display", {"switch": "large", "next": "/ui"})
    assert 'class="contrast"' in client.get("/ui").content.decode()


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_a_choice_never_leads_away(target):
    assert Client().post("/display", {"language": "en", "next": target}).headers["Location"] == "/"


def test_the_browser_decides_the_first_language(demo):
    assert "Specimens of parts" in Client(headers={"accept-language": "en"}).get("/ui").content.decode()
    assert "部件样张" in Client().get("/ui").content.decode()


def test_a_page_with_errors_says_so_in_its_title(demo):
    assert "<title>错误：部件样张" in Client().get("/ui?wrong=1").content.decode()
    assert "<title>部件样张" in Client().get("/ui").content.decode()


@pytest.mark.parametrize(
    ("asked", "first", "last", "offset"),
    [("1", 1, 20, 0), ("3", 41, 45, 40), ("99", 41, 45, 40), ("0", 1, 20, 0), ("x", 1, 20, 0), ("²", 1, 20, 0)],
)
def test_a_wrong_page_number_means_the_nearest_real_page(asked, first, last, offset):
    pager, start = pager_of(RequestFactory().get("/list", {"q": "云", "page": asked}), total=45, per_page=20)
    assert (pager.first, pager.last, start) == (first, last, offset)


def test_the_pager_keeps_the_question():
    pager, _ = pager_of(RequestFactory().get("/list", {"q": "a b", "page": "2"}), total=45, per_page=20)
    assert pager.next_url == "/list?q=a+b&page=3"
    assert pager.previous_url == "/list?q=a+b&page=1"


def test_an_empty_list_has_one_page():
    pager, offset = pager_of(RequestFactory().get("/list"), total=0, per_page=20)
    assert (pager.first, pager.last, offset, pager.next_url) == (0, 0, 0, "")


def test_no_template_of_the_platform_writes_inline_code():
    templates = [path for path in SOURCES.rglob("*.html") if "tests" not in path.parts]
    assert len(templates) > 20
    # A block of JSON is data: no browser runs it.
    code = r'<script(?![^>]*\bsrc=)(?![^>]*\btype="application/json">)'
    inline = re.compile(rf"<style|\sstyle=|\son[a-z]+=|{code}|javascript:|https?://")
    assert [path.name for path in templates if inline.search(path.read_text(encoding="utf-8"))] == []


def test_the_style_sheet_stays_small():
    assert len((SOURCES / "ui" / "static" / "ui" / "ui.css").read_bytes()) < 40_000
