"""Statutory queries: announced, approved by another, facts within scope, a line for each person."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.access.contracts import Body
from chengxin.archives.tests.conftest import citizen, sign_in
from chengxin.archives.tests.programs import ledger
from chengxin.audit.models import Event
from chengxin.catalogue import facade as catalogue
from chengxin.consents import facade as consents
from chengxin.consents import models
from chengxin.database.contracts import Channel
from chengxin.inquiries.models import StatutoryQuery
from chengxin.inquiries.tests.conftest import LIN_NO, Institution, institution
from chengxin.intake.tests.conftest import NOW, SETUP, Office, open_office
from chengxin.kernel.actor import Actor, Role, platform
from chengxin.kernel.tests.numbers import id_no

WANG_NO = "390202198506151023"
NOBODY_NO = id_no("39010119920303003")
FORM = {
    "rule": "organ.recruitment",
    "basis": "GWY/26",
    "procedure_number": "云人社招〔2026〕12号",
    "announced_on": "2026-11-20",
    "announced_at": "https://example.org/12",
    "announced_count": "3",
    "matter": "2026年公务员招录资格审查",
    "persons": f"林禾舟 {LIN_NO}\n望星遥 {WANG_NO}",
}


@world
def organ(lin: Actor) -> Office:
    return open_office("RSJ", "云汀市人力资源和社会保障局", "", "390100", ())


def ask(**changed: str) -> Any:
    return sign_in("rsj-clerk").post("/dept/statutory-queries/new", FORM | changed)


def approve(address: str, username: str = "rsj-approver") -> Any:
    return sign_in(username).post(f"{address}/decide", {"verb": "approve", "reasons": "已核对公告和名单"})


def looks(subject_id: Any) -> list[tuple[str, str]]:
    actor = Actor(key="account:x", roles=frozenset({Role.CITIZEN}), subject_id=subject_id)
    with access.acting_for(actor, channel=Channel.SELF, purpose="own_archive"):
        found = Event.objects.filter(subject_id=subject_id, body="RSJ").order_by("at", "id")
        return list(found.values_list("kind", "purpose"))


def asked_count() -> int:
    clerk = access.find_account("rsj-clerk", on=NOW.date())
    assert clerk is not None
    actor = access.actor_for_account(clerk, on=NOW.date())
    with access.acting_for(actor, channel=Channel.BODY, purpose="statutory_query"):
        return StatutoryQuery.objects.count()


@pytest.mark.clause("P3.4b")
def test_after_a_second_person_approved_facts_are_read_and_each_person_has_a_line(lin: Actor, organ: Office) -> None:
    wang = citizen("wang", WANG_NO)
    address = ask().url
    assert sign_in("rsj-clerk").post(address).status_code == 422
    assert approve(address).status_code == 302
    page = sign_in("rsj-clerk").post(address).content.decode()
    assert page.count("行政处罚") >= 2
    assert "云市监处罚〔2026〕3号" in page
    assert "林禾舟" not in page
    assert LIN_NO not in page
    for person in (lin, wang):
        assert ("disclose", "recruitment_review") in looks(person.subject_id)
    assert {(key, outlet) for key, _version, outlet in ledger()} == {("body:RSJ", "query.statutory")}
    own = sign_in("lin").get("/me/looks").content.decode()
    assert "云汀市人力资源和社会保障局" in own
    assert "依法招录的资格审查" in own
    assert "云人社招〔2026〕12号" in sign_in("lin").get("/me/consents").content.decode()


@pytest.mark.clause("P3.4b")
@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"basis": "PIPL/34", "rule": "organ.honour", "procedure_number": " "}, ""),
        ({"basis": "GWY/26", "rule": "organ.honour"}, "S-NO-BASIS"),
        ({"announced_on": "2026-11-24"}, "S-NOT-ANNOUNCED"),
        ({"announced_count": "1"}, "S-TOO-MANY"),
        ({"persons": f"林禾舟 {LIN_NO}\n林禾舟 {LIN_NO}"}, "S-TWICE"),
        ({"basis": ""}, ""),
    ],
)
def test_without_basis_announced_procedure_or_list_nothing_is_asked(
    lin: Actor, organ: Office, changed: dict[str, str], code: str
) -> None:
    refused = ask(**changed)
    assert refused.status_code == 422
    assert code in refused.content.decode()
    assert asked_count() == 0
    assert looks(lin.subject_id) == []


@pytest.mark.clause("P3.4b")
def test_the_api_refuses_without_basis_or_procedure(lin: Actor, organ: Office) -> None:
    program = _program("RSJ")
    said = {**FORM, "announced_count": 3, "persons": [{"name": "林禾舟", "number": LIN_NO}]}
    assert program.post("statutory-queries", {**said, "basis": ""}).json()["code"] == "S-NO-BASIS"
    assert program.post("statutory-queries", {**said, "procedure_number": ""}).json()["code"] == "S-NO-PROCEDURE"
    assert program.post("statutory-queries", {**said, "items": {"licence": []}}).json()["code"] == "Q-OVER-ASKED"
    taken = program.post("statutory-queries", said).json()
    assert (taken["state"], taken["persons"]) == ("submitted", 1)
    refused = program.post(f"statutory-queries/{taken['id']}/facts", {})
    assert (refused.status_code, refused.json()["code"]) == (403, "S-NOT-APPROVED")
    approve(f"/dept/statutory-queries/{taken['id']}")
    (found,) = program.post(f"statutory-queries/{taken['id']}/facts", {}).json()
    assert [fact["item"] for fact in found["facts"]] == ["penalty"]
    assert set(found) == {"place", "facts"}


def _program(body: str) -> Institution:
    import base64

    scopes = ("statutory.request", "record.query")
    new = access.register_client("organ", body=body, scopes=scopes, actor=SETUP, now=NOW)
    pair = base64.b64encode(f"{new.client.id}:{new.secret}".encode()).decode()
    return Institution(body=body, key=f"client:{new.client.id}", header=f"Basic {pair}")


def test_who_asked_cannot_approve(lin: Actor, organ: Office) -> None:
    address = ask().url
    clerk = access.find_account("rsj-clerk", on=NOW.date())
    assert clerk is not None
    access.give_post(clerk.id, body="RSJ", role=Role.APPROVER, actor=SETUP, now=NOW, starts_on=NOW.date())
    assert "另一个人" in approve(address, "rsj-clerk").content.decode()
    with access.acting_for(platform("look"), channel=Channel.JOB, purpose="correction"):
        assert not models.Authorisation.objects.exists()


def test_who_is_not_on_file_looks_like_who_has_no_record(lin: Actor, organ: Office) -> None:
    address = ask(persons=f"云无记 {NOBODY_NO}\n林禾错 {LIN_NO}").url
    approve(address)
    page = sign_in("rsj-clerk").post(address).content.decode()
    assert page.count("没有范围内的记录") == 2
    assert "云市监处罚" not in page


def test_another_organ_sees_nothing_of_a_query(lin: Actor, organ: Office) -> None:
    open_office("JYJ", "云汀市教育局", "", "390100", ())
    address = ask().url
    assert sign_in("jyj-clerk").get(address).status_code == 404
    assert sign_in("jyj-clerk").post(address).status_code == 404
    assert Client().get(address).status_code == 401


def test_redline_06_a_statutory_task_never_carries_a_consent(lin: Actor, organ: Office) -> None:
    approve(ask().url)
    with access.acting_for(platform("look"), channel=Channel.JOB, purpose="correction"):
        found = list(models.Authorisation.objects.order_by("id").values_list("ground", "artefact", "text"))
    assert found == [("statute", "", "")] * 2
    (held,) = consents.list_consents(lin, now=NOW)
    consents.withdraw(lin, held.id, now=NOW)
    assert consents.list_consents(lin, now=NOW)[0].revoked_at is None


@pytest.mark.clause("P4.2c")
def test_the_office_sees_volume_and_suspends_and_everybody_sees_who_is_registered(lin: Actor) -> None:
    names = {"name_zh": "云汀市信用办公室", "name_en": "Office", "uscc": "", "area": "3901", "level": "city"}
    office = Body(code="XYB", **names, fields_of_work=(), parent="", is_credit_office=True)
    access.open_bodies([office], actor=SETUP, now=NOW)
    officer = access.open_account("officer", actor=SETUP, now=NOW)
    access.give_post(officer.id, body="XYB", role=Role.CASE_OFFICER, actor=SETUP, now=NOW, starts_on=NOW.date())
    bank = institution("YTYH")
    client = sign_in("officer")
    registered = {"body": "YTYH", "rule": "bank.loan", "registration": "B0001"}
    assert client.post("/office/grants", registered).status_code == 302
    code = bank.ask().json()["code"]
    consent = consents.give(lin, code, items=["penalty"], authenticated=["password"], now=NOW)
    assert bank.query(consent).status_code == 200
    page = client.get("/office/grants").content.decode()
    assert "云汀银行" in page
    assert "B0001" in page
    (grant,) = consents.list_grants(on=NOW.date())
    assert client.post(f"/office/grants/{grant.id}", {"verb": "suspend", "because": "超范围"}).status_code == 302
    assert bank.ask().json()["code"] == "Q-SUSPENDED"
    public = Client().get("/grantees").content.decode()
    assert "云汀银行" in public
    assert "已暂停" in public
    assert Client().get("/office/grants").status_code == 401
    assert client.post(f"/office/grants/{grant.id}", {"verb": "audit"}).status_code == 302
    assert consents.list_grants(on=NOW.date())[0].audited_on == NOW.date()


def test_an_officer_of_another_area_changes_nothing(lin: Actor, bank: Institution) -> None:
    names = {"name_zh": "海州信用办", "name_en": "Other", "uscc": "", "area": "3902", "level": "city"}
    access.open_bodies(
        [Body(code="HZXY", **names, fields_of_work=(), parent="", is_credit_office=True)], actor=SETUP, now=NOW
    )
    officer = access.open_account("other", actor=SETUP, now=NOW)
    access.give_post(officer.id, body="HZXY", role=Role.CASE_OFFICER, actor=SETUP, now=NOW, starts_on=NOW.date())
    grant = consents.list_grants(on=NOW.date())[0]
    refused = sign_in("other").post(f"/office/grants/{grant.id}", {"verb": "suspend", "because": "试"})
    assert refused.status_code == 404
    assert consents.list_grants(on=NOW.date())[0].suspended_at is None
    assert "云汀银行" not in sign_in("other").get("/office/grants").content.decode()


@pytest.mark.clause("P4.2d")
def test_no_field_holds_a_financial_credit_report(ground: None) -> None:
    page = Client().get("/help/financial-credit").content.decode()
    assert "本平台不保存，也不代查" in page
    fields = [
        (item.code, field.name)
        for item in catalogue.list_items(on=NOW.date())
        for field in item.fields
        if any(word in field.title.zh for word in ("征信", "信用报告", "贷款余额", "逾期"))
    ]
    assert fields == []
