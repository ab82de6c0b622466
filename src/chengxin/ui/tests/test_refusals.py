"""A refusal and a failure answer people with a page and programs with problem+json."""

from __future__ import annotations

import json
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import RequestFactory

from chengxin.kernel.refusal import Refusal, Refused
from chengxin.ui import refusals
from chengxin.ui.forms import asked_in
from chengxin.ui.middleware import RefusalMiddleware

REFUSAL = Refusal(
    code="UNDER_18",
    what="{name}未满十八周岁。",
    why="平台只收录成年人的信息。",
    next_step="请在生日之后再提交。",
    basis=("P/1",),
    retry_on=date(2027, 1, 2),
    field="id_no",
    values={"name": "闵*"},
)


def get(path: str = "/x", accept: str = "text/html") -> HttpRequest:
    return RequestFactory().get(path, headers={"accept": accept})


def through(request: HttpRequest, failure: Exception) -> HttpResponse | None:
    return RefusalMiddleware(lambda _: HttpResponse()).process_exception(request, failure)


def test_a_person_reads_what_why_next_and_the_code():
    response = through(get(), Refused(REFUSAL))
    page = response.content.decode()
    assert response.status_code == 422
    for words in ("闵*未满十八周岁", "平台只收录成年人的信息。", "请在生日之后再提交。", "UNDER_18", "2027年1月2日"):
        assert words in page


def test_a_page_that_needs_sign_in_leads_there_and_back_to_itself():
    refused = Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。"))
    assert 'href="/sign-in?next=%2Fme%2Flooks%3Fpage%3D2"' in through(get("/me/looks?page=2"), refused).content.decode()
    sent = RequestFactory().post("/me/looks", headers={"accept": "text/html"})
    assert 'href="/sign-in"' in through(sent, refused).content.decode()
    assert "/sign-in?" not in through(get(), Refused(REFUSAL)).content.decode()


def test_who_signed_in_and_may_not_is_answered_403_by_every_page_and_told_whose_it_is():
    request = get("/biz/shop/licences")
    request.user = SimpleNamespace(is_authenticated=True)
    answer = through(
        request, Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="请用店铺的账户登录。"))
    )
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "您登录的这个账户不办这件事" in page
    assert "请用店铺的账户登录。" in page
    assert "请先登录" not in page
    assert 'class="button" href="/sign-in' not in page
    assert through(request, Refused(Refusal(code="A-NO-RIGHT", what="没有这项权限。"))).status_code == 403
    assert through(get(), Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。"))).status_code == 401


def test_who_is_unknown_signs_in_before_anybody_speaks_of_rights():
    answer = through(get("/office/accounts/reset"), Refused(Refusal(code="A-NO-RIGHT", what="没有这项权限。")))
    page = answer.content.decode()
    assert answer.status_code == 401
    assert 'href="/sign-in?next=%2Foffice%2Faccounts%2Freset"' in page
    assert "没有这项权限" not in page


@pytest.mark.parametrize(
    ("may_open", "is_known", "statuses"),
    [(False, True, {403}), (True, True, {404, 422}), (False, False, {404, 422})],
)
def test_a_page_the_menus_keep_for_others_answers_403_whatever_it_refuses(monkeypatch, may_open, is_known, statuses):
    monkeypatch.setattr(refusals, "may_open", lambda _request, address: may_open or address != "/biz/self-check")
    request = get("/biz/self-check")
    request.user = SimpleNamespace(is_authenticated=is_known)
    refused = [through(request, Refused(Refusal(code=code, what="不行。"))) for code in ("ABSENT", "MK-NO-PLATFORM")]
    assert {answer.status_code for answer in refused} == statuses


@pytest.mark.parametrize(
    ("query", "is_asked"),
    [("", False), ("uscc=", False), ("uscc=+&matter=", False), ("uscc=&matter=1", True), ("q=1", False)],
)
def test_a_filter_with_nothing_in_it_asks_nothing(query, is_asked):
    given = QueryDict(query)
    assert asked_in(given, "uscc") is (given if is_asked else None)


def test_help_by_telephone_is_offered_only_where_there_is_a_number(settings):
    settings.SITE = {**settings.SITE, "phone": ""}
    assert "需要人工帮助时，请报出代码 UNDER_18。" in through(get(), Refused(REFUSAL)).content.decode()
    settings.SITE = {**settings.SITE, "phone": "101-0000"}
    assert "请拨打 101-0000，并报出代码 UNDER_18。" in through(get(), Refused(REFUSAL)).content.decode()


@pytest.mark.parametrize(("path", "accept"), [("/api/v1/x", "text/html"), ("/x", "application/json")])
def test_a_program_reads_problem_json(path, accept):
    response = through(get(path, accept), Refused(REFUSAL))
    assert response["Content-Type"] == "application/problem+json; charset=utf-8"
    assert json.loads(response.content) == {
        "type": "urn:chengxin:refusal:UNDER_18",
        "title": "闵*未满十八周岁。",
        "status": 422,
        "detail": "平台只收录成年人的信息。请在生日之后再提交。",
        "code": "UNDER_18",
        "basis": ["P/1"],
        "retry_on": "2027-01-02",
        "field": "id_no",
    }


@pytest.mark.parametrize("path", ["/secret", "/api/v1/secret"])
def test_absent_and_forbidden_look_the_same(path):
    absent = through(get(path), Refused(Refusal(code="ABSENT", what="这条记录属于别人。")))
    missing = refusals.error_page(get(path), 404)
    assert absent.status_code == missing.status_code == 404
    assert absent.content == missing.content
    assert "属于别人" not in absent.content.decode()


def test_a_database_that_is_away_answers_503_without_menus():
    response = through(get(), OperationalError("secret-host is away"))
    assert response.status_code == 503
    assert "secret-host" not in response.content.decode()
    assert "UNAVAILABLE" in response.content.decode()


def test_an_unknown_failure_goes_to_the_error_log():
    assert through(get(), ValueError("x")) is None


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 429, 500, 503])
def test_every_failure_says_what_to_do(status):
    refusal = refusals.error_refusal(status)
    assert refusal.what
    assert refusal.next_step
    assert "！" not in refusal.text()
    assert refusals.error_page(get(), status).status_code == status


def test_a_person_reads_the_name_of_the_law_and_a_program_its_code():
    cited = Refused(Refusal(code="X", what="不能收。", basis=("PIPL/45", "SEED1/4.3")))
    page = through(get(), cited).content.decode()
    assert "《个人信息保护法》第45条、《关于加强个人诚信体系建设的实施意见》四（三）" in page
    assert json.loads(through(get("/api/x"), cited).content)["basis"] == ["PIPL/45", "SEED1/4.3"]
