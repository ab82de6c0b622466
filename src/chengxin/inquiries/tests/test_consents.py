"""J13: a bank asks, the person ticks, the bank gets those fields, posts the result; withdrawal counts at once."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from django.db import connection

from chengxin.access import facade as access
from chengxin.access.tests.cast import open_body
from chengxin.archives.tests.conftest import citizen, sign_in
from chengxin.archives.tests.programs import ledger
from chengxin.audit.models import Event
from chengxin.consents import facade as consents
from chengxin.consents import models
from chengxin.consents.contracts import State
from chengxin.crypto.facade import NotSigned
from chengxin.database.contracts import Channel
from chengxin.inquiries.tests.conftest import Institution, institution
from chengxin.intake.tests.conftest import NOW, SETUP
from chengxin.jobs.models import Message
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.clock import simulated
from chengxin.notices.models import Notice


def granted(bank: Institution, lin: Actor, *items: str, rule: str = "bank.loan") -> UUID:
    """Let the bank ask and Lin agree to some items."""
    code = bank.ask(rule=rule).json()["code"]
    return consents.give(lin, code, items=items or ("penalty",), authenticated=["password"], now=NOW)


def looking():
    return access.acting_for(platform("look"), channel=Channel.JOB, purpose="correction")


def looks_of(lin: Actor) -> list[tuple[str, str, str]]:
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        rows = Event.objects.filter(subject_id=lin.subject_id, body="YTYH").order_by("id")
        return list(rows.values_list("purpose", "outcome", "reason"))


def counts() -> dict[str, int]:
    """Count the rows of every table, as the owner of all of them would."""
    with connection.cursor() as cursor:
        cursor.execute("select relname, n_tup_ins + n_tup_upd from pg_stat_xact_user_tables order by relname")
        return dict(cursor.fetchall())


@pytest.mark.clause("P3.3c")
@pytest.mark.clause("P3.4d")
def test_a_consented_query_gets_the_ticked_fields_and_no_other(lin: Actor, bank: Institution) -> None:
    answer = bank.query(granted(bank, lin))
    assert answer.status_code == 200
    (fact,) = answer.json()["facts"]
    assert set(fact["fields"]) == {
        *("decision_no", "violation_kind", "penalty_kind", "penalty_content", "determined_on", "body_name")
    }
    assert (fact["item"], fact["mark"], fact["statement"]) == ("penalty", "", "")
    assert "林禾舟" not in answer.content.decode()
    assert "390101" not in answer.content.decode()
    assert ledger() == [(bank.key, 1, "query.authorised")]
    assert looks_of(lin) == [("loan_review", "delivered", "")]
    assert "审核您申请的贷款" in sign_in("lin").get("/me/looks").content.decode()


@pytest.mark.clause("P3.3c")
def test_without_a_live_consent_a_query_is_refused_and_the_person_sees_the_attempt(
    lin: Actor, bank: Institution
) -> None:
    once = granted(bank, lin)
    assert bank.query(once).status_code == 200
    second, unknown = bank.query(once), bank.query(uuid4())
    assert (second.status_code, unknown.status_code) == (403, 403)
    assert second.json() == unknown.json()
    assert second.json()["code"] == "Q-NO-LIVE-CONSENT"
    assert sorted(looks_of(lin)) == [
        ("authorised_query", "refused", "Q-NO-LIVE-CONSENT"),
        ("loan_review", "delivered", ""),
    ]
    assert "没有提供" in sign_in("lin").get("/me/looks").content.decode()
    assert ledger() == [(bank.key, 1, "query.authorised")]


@pytest.mark.clause("P3.3c")
def test_another_institution_cannot_use_a_consent_and_its_attempt_is_seen(lin: Actor, bank: Institution) -> None:
    other = institution("HXYH", "bank.loan")
    refused = other.query(granted(bank, lin))
    assert (refused.status_code, refused.json()["code"]) == (403, "Q-NO-LIVE-CONSENT")
    assert "HXYH" in sign_in("lin").get("/me/looks").content.decode()
    assert ledger() == []


@pytest.mark.clause("P4.2a")
def test_redline_17_after_withdrawal_the_next_call_is_refused_in_the_same_second(lin: Actor, bank: Institution) -> None:
    bank_watch = granted(bank, lin, rule="bank.loan_watch")
    assert bank.query(bank_watch, rule="bank.loan_watch").status_code == 200
    assert sign_in("lin").post(f"/me/consents/{bank_watch}/withdraw").status_code == 302
    assert bank.query(bank_watch, rule="bank.loan_watch").status_code == 403
    with looking():
        (message,) = Message.objects.filter(topic="consent.ended")
    assert (message.recipient, '"do":"delete"' in message.payload) == ("body:YTYH", True)
    with looking():
        states = models.Step.objects.filter(authorisation_id=bank_watch)
        assert sorted(states.values_list("state", flat=True)) == ["active", "revoked"]


def test_a_use_is_one_press_from_a_challenge_which_leaves_the_consent_as_it_is(lin: Actor, bank: Institution) -> None:
    open_body("39-XY", area="39", level="province", is_credit_office=True)
    watch = granted(bank, lin, rule="bank.loan_watch")
    assert bank.query(watch, rule="bank.loan_watch").status_code == 200
    client = sign_in("lin")
    (address,) = re.findall(r'href="(/me/looks\?[^"]+)"', client.get("/me/consents").content.decode())
    (press,) = re.findall(r'action="(/me/looks/[^"]+/challenge)"', client.get(unescape(address)).content.decode())
    assert client.post(press).status_code == 302
    with looking():
        assert list(models.Step.objects.filter(authorisation_id=watch).values_list("state", flat=True)) == ["active"]
    assert [held.state for held in consents.list_consents(lin, now=NOW)] == [State.ACTIVE]


def test_an_unused_consent_that_ends_asks_nobody_to_delete(lin: Actor, bank: Institution) -> None:
    consents.withdraw(lin, granted(bank, lin), now=NOW)
    with looking():
        assert not Message.objects.filter(topic="consent.ended").exists()


def test_redline_18_declining_writes_nothing_at_all(lin: Actor, bank: Institution) -> None:
    code = bank.ask().json()["code"]
    client = sign_in("lin")
    client.get("/me/consents")
    before = counts()
    assert client.get(f"/me/consents/requests/{code}").status_code == 200
    assert client.post(f"/me/consents/requests/{code}", {"answer": "decline"}).status_code == 302
    assert client.get("/me/consents/declined").status_code == 200
    after = counts()
    assert {name: count for name, count in after.items() if before.get(name, 0) != count} == {}
    assert looks_of(lin) == []


def test_redline_18_the_bank_cannot_tell_a_refusal_from_no_answer(lin: Actor, bank: Institution) -> None:
    declined, unanswered = bank.ask().json(), bank.ask().json()
    sign_in("lin").post(f"/me/consents/requests/{declined['code']}", {"answer": "decline"})
    first, second = (bank.get(f"consent-requests/{one['id']}").json() for one in (declined, unanswered))
    secret = {"id", "code", "address", "qr"}
    assert {k: v for k, v in first.items() if k not in secret} == {k: v for k, v in second.items() if k not in secret}
    assert first["consent"] is None


def test_redline_18_nothing_is_ticked_and_nothing_ticked_is_no_consent(lin: Actor, bank: Institution) -> None:
    code = bank.ask().json()["code"]
    client = sign_in("lin")
    page = client.get(f"/me/consents/requests/{code}").content.decode()
    assert "checked" not in page
    assert page.count('type="checkbox"') == 5
    refused = client.post(f"/me/consents/requests/{code}", {"answer": "agree"})
    assert refused.status_code == 422
    assert "请选择您同意提供的信息" in refused.content.decode()
    assert consents.list_consents(lin, now=NOW) == []


def test_a_request_is_shown_only_to_whom_it_is_for(lin: Actor, bank: Institution) -> None:
    citizen("wang", "390202198506151023")
    code = bank.ask().json()["code"]
    assert sign_in("wang").get(f"/me/consents/requests/{code}").status_code == 404
    assert sign_in("lin").get(f"/me/consents/requests/{code}").status_code == 200
    with simulated(NOW + timedelta(days=7)):
        assert sign_in("lin").get(f"/me/consents/requests/{code}").status_code == 404


def test_a_request_answered_once_is_gone(lin: Actor, bank: Institution) -> None:
    asked = bank.ask().json()
    consent_id = consents.give(lin, asked["code"], items=["penalty"], authenticated=["password"], now=NOW)
    assert sign_in("lin").get(f"/me/consents/requests/{asked['code']}").status_code == 404
    answer = bank.get(f"consent-requests/{asked['id']}").json()
    assert answer["consent"] == str(consent_id)
    assert answer["items"].keys() == {"penalty"}


def test_the_artefact_says_all_that_was_shown_and_names_nobody(lin: Actor, bank: Institution) -> None:
    asked = bank.ask().json()
    consents.give(lin, asked["code"], items=["penalty"], authenticated=["password"], now=NOW)
    artefact = bank.get(f"consent-requests/{asked['id']}").json()["artefact"]
    said = consents.read_artefact(artefact)
    assert said["text"] == asked["text"]
    assert said["text_sha256"] == hashlib.sha256(asked["text"].encode()).hexdigest()
    assert (said["requester"]["registration"], said["keep"], said["occurrence"]) == ("REG-YTYH", "view", "onetime")
    assert said["items"].keys() == {"penalty"}
    assert said["until"] == "2026-12-23T02:00:00+00:00"
    assert said["subject"] == consents.pseudonym_of(lin.subject_id, body="YTYH")
    assert said["subject"] != consents.pseudonym_of(lin.subject_id, body="HXYH")
    assert str(lin.subject_id) not in str(said)
    head, body, signature = artefact.split(".")
    forged = body[:-2] + ("A" if body[-2] != "A" else "B") + body[-1]
    with pytest.raises(NotSigned):
        consents.read_artefact(f"{head}.{forged}.{signature}")


def test_a_bank_may_not_ask_for_more_than_the_rule_or_without_one(lin: Actor, bank: Institution) -> None:
    assert bank.ask(items={"penalty": ["remark"]}).json()["code"] == "Q-OVER-ASKED"
    assert bank.ask(items={"utility_arrears": []}).json()["code"] == "Q-OVER-ASKED"
    assert bank.ask(rule="insurer.terms").json()["code"] == "Q-NO-RULE"
    assert bank.ask(rule="no.such").json()["code"] == "Q-NO-RULE"
    assert bank.ask(rule="organ.recruitment").json()["code"] == "Q-NO-RULE"


def test_a_periodic_consent_serves_once_in_thirty_days_and_ends(lin: Actor, bank: Institution) -> None:
    watch = granted(bank, lin, rule="bank.loan_watch")
    first = bank.query(watch, rule="bank.loan_watch").json()
    assert bank.query(watch, rule="bank.loan_watch").json()["code"] == "Q-TOO-OFTEN"
    assert bank.post(f"authorised-queries/{first['query']}/result", {"result": "贷款正常"}).status_code == 200
    with simulated(NOW + timedelta(days=30)):
        assert bank.query(watch, rule="bank.loan_watch").status_code == 200
    with simulated(NOW + timedelta(days=365)):
        assert bank.query(watch, rule="bank.loan_watch").json()["code"] == "Q-NO-LIVE-CONSENT"


@pytest.mark.clause("P3.4d")
def test_who_does_not_post_the_result_is_served_no_more(lin: Actor, bank: Institution) -> None:
    first = bank.query(granted(bank, lin)).json()
    assert first["result_by"] == "2026-12-07"
    with simulated(NOW + timedelta(days=14)):
        second = granted(bank, lin)
        assert bank.query(second).status_code == 200
    with simulated(NOW + timedelta(days=15)):
        third = granted(bank, lin)
        assert bank.query(third).json()["code"] == "Q-RESULT-OWED"


@pytest.mark.clause("P3.4d")
def test_an_adverse_use_is_told_to_the_person_with_the_items_it_rests_on(lin: Actor, bank: Institution) -> None:
    query = bank.query(granted(bank, lin)).json()["query"]
    address = f"authorised-queries/{query}/result"
    adverse = {"result": "未批准贷款", "adverse": True}
    assert bank.post(address, adverse).json()["code"] == "Q-ITEMS-USED"
    assert bank.post(address, {**adverse, "items_used": ["licence"]}).json()["code"] == "Q-ITEMS-USED"
    assert bank.post(address, {**adverse, "items_used": ["penalty"]}).json()["code"] == "Q-NO-PERSON"
    posted = bank.post(address, {**adverse, "items_used": ["penalty"], "by_person": True})
    assert posted.json()["told"] is True
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        (notice,) = Notice.objects.filter(subject_id=lin.subject_id)
    assert (notice.text_code, notice.parameters["item"]) == ("adverse_use", "行政处罚")
    page = sign_in("lin").get("/me/consents").content.decode()
    assert "未批准贷款" in page
    assert "对您不利，用到：行政处罚" in page
    assert bank.post(address, {"result": "改口"}).json()["code"] == "Q-NO-USE"


@pytest.mark.clause("P3.4d")
def test_essential_supply_may_only_become_easier(lin: Actor) -> None:
    water = institution("YTSW", "utility.terms")
    code = water.ask(rule="utility.terms").json()["code"]
    consent = consents.give(lin, code, items=["person_honour"], authenticated=["password"], now=NOW)
    answer = water.query(consent, rule="utility.terms").json()
    assert (answer["facts"], answer["only_easier"]) == ([], True)
    address = f"authorised-queries/{answer['query']}/result"
    cut = {"result": "停止供水", "adverse": True, "items_used": ["person_honour"], "by_person": True}
    assert water.post(address, cut).json()["code"] == "Q-ONLY-EASIER"
    assert water.post(address, {"result": "改为后付费"}).status_code == 200


@pytest.mark.clause("P4.2c")
def test_a_suspended_institution_is_refused_by_its_next_call(lin: Actor, bank: Institution) -> None:
    consent = granted(bank, lin)
    grant = next(one for one in consents.list_grants(on=NOW.date()) if one.rule == "bank.loan")
    consents.suspend(SETUP, grant.id, because="检查发现超范围留存", now=NOW)
    refused = bank.query(consent)
    assert (refused.status_code, refused.json()["code"]) == (403, "Q-SUSPENDED")
    assert bank.ask().json()["code"] == "Q-SUSPENDED"
    consents.resume(SETUP, grant.id, now=NOW)
    assert bank.query(consent).status_code == 200


def test_what_ran_out_is_written_down_once_and_its_holder_is_told(lin: Actor, bank: Institution) -> None:
    watch = granted(bank, lin, rule="bank.loan_watch")
    bank.query(watch, rule="bank.loan_watch")
    later = NOW + timedelta(days=365)
    for expected in (1, 0):
        with access.acting_for(platform("consents"), channel=Channel.JOB, purpose="correction"):
            assert consents.end_expired(actor=platform("consents"), now=later) == expected
    assert [one.state for one in consents.list_consents(lin, now=later)] == [State.EXPIRED]
    with looking():
        assert Message.objects.filter(topic="consent.ended").count() == 1


def test_nobody_takes_back_the_consent_of_another(lin: Actor, bank: Institution) -> None:
    consent = granted(bank, lin)
    wang = citizen("wang", "390202198506151023")
    consents.withdraw(wang, consent, now=NOW)
    assert consents.list_consents(wang, now=NOW) == []
    assert bank.query(consent).status_code == 200
