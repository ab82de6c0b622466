"""The pages of misuse detection, as each role sees them."""

import pytest
from django.test import Client

from chengxin.access.tests.cast import sign_in
from chengxin.misuse import facade
from chengxin.misuse.tests.conftest import days_ago
from chengxin.misuse.tests.test_incidents import caught


@pytest.mark.clause("P4.1b")
def test_the_desk_shows_the_alert_and_the_security_administrator_freezes_from_it(staff, look):
    alert = caught(staff, look)
    desk = sign_in("auditor")
    assert alert.case_number in desk.get("/office/incidents").content.decode()
    page = desk.get(f"/office/incidents/{alert.id}").content.decode()
    assert "没有说明地反复查看同一人" in page
    assert 'name="days"' not in page
    assert f"/dept/cases/{alert.case_id}" in page
    assert desk.get(f"/dept/cases/{alert.case_id}").status_code == 200
    security = sign_in("security")
    address = f"/office/incidents/{alert.id}"
    assert security.post(address, {"days": 16, "reasons": "x"}).status_code == 422
    assert security.post(address, {"days": 2, "reasons": "核查期间"}).status_code == 302
    frozen = sign_in("wu")
    assert frozen.get("/dept/inbox").content.decode().count("<tbody") == 0
    assert frozen.post("/dept/explanations", {"alert": alert.id, "text": "办案需要。"}).status_code == 302
    assert facade.list_own_alerts(staff["wu"])[0].explanation == "办案需要。"


def test_a_slowed_clerk_still_reads_and_answers_but_slowly(staff, look):
    alert = caught(staff, look)
    clerk = sign_in("wu")
    page = clerk.get("/dept/explanations").content.decode()
    assert alert.case_number in page
    assert clerk.post("/dept/explanations", {"alert": alert.id, "text": "办案需要。"}).status_code == 302
    codes = [clerk.get("/dept/explanations").status_code for _ in range(6)]
    assert codes[:2] == [200, 200]
    assert codes[-1] == 429
    assert facade.list_own_alerts(staff["wu"])[0].explanation == "办案需要。"


def test_a_conflict_is_declared_by_number_and_who_is_not_held_is_accepted_alike(staff):
    clerk = sign_in("wu")
    assert clerk.post("/dept/explanations", {"number": "39010119800101"}).status_code == 422
    assert clerk.post("/dept/explanations", {"number": "11010519491231002X"}).status_code == 302
    assert facade.count_conflicts(staff["wu"]) == 0


@pytest.mark.parametrize("path", ["/office/incidents", "/office/audit", "/office/canaries"])
def test_the_desk_is_closed_to_clerks_and_strangers(staff, path):
    assert sign_in("wu").get(path).status_code == 403
    assert Client().get(path).status_code in {302, 401, 403}


def test_the_counts_are_public(staff, look):
    caught(staff, look)
    facade.count_day(days_ago(1).date())
    page = Client().get("/openness/misuse").content.decode()
    assert "查询监督" in page
    assert "2026" in page


def test_canaries_and_samples_open_to_the_audit_administrator(staff):
    auditor = sign_in("auditor")
    assert auditor.get("/office/canaries").status_code == 200
    assert auditor.get("/office/audit").status_code == 200
