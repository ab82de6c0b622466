"""A person lets every consent rest at once and lets them work again: neutral to who asks, visible to the person."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Page

from chengxin.access import facade as access
from chengxin.access.contracts import ProofNeeded
from chengxin.access.models import Account
from chengxin.access.tests.cast import prove
from chengxin.archives.tests.conftest import sign_in
from chengxin.audit import facade as audit
from chengxin.consents import facade as consents
from chengxin.consents import models
from chengxin.database.contracts import Channel
from chengxin.inquiries.tests.conftest import Institution
from chengxin.inquiries.tests.test_consents import granted, looks_of
from chengxin.intake.tests.conftest import NOW
from chengxin.intake.tests.test_journey import cookie_of, is_sound, keep
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import simulated

WATCH = "bank.loan_watch"


@pytest.mark.clause("P4.2a")
def test_redline_13_under_a_freeze_no_consent_is_used_and_the_person_sees_each_attempt(
    lin: Actor, bank: Institution
) -> None:
    consent = granted(bank, lin, rule=WATCH)
    withdrawn = granted(bank, lin)
    consents.withdraw(lin, withdrawn, now=NOW)
    consents.freeze(lin, now=NOW)
    refused = bank.query(consent, rule=WATCH)
    assert refused.status_code == 403
    assert refused.json() == bank.query(withdrawn).json(), "The bank can tell a freeze from a withdrawal."
    assert looks_of(lin)[0] == ("authorised_query", "refused", "Q-NO-LIVE-CONSENT")


def test_no_consent_is_lost_by_a_freeze(lin: Actor, bank: Institution) -> None:
    consent = granted(bank, lin, rule=WATCH)
    consents.freeze(lin, now=NOW)
    consents.freeze(lin, now=NOW)
    assert consents.frozen_since(lin, now=NOW) == NOW
    consents.lift_freeze(lin, now=NOW)
    assert consents.frozen_since(lin, now=NOW) is None
    assert bank.query(consent, rule=WATCH).status_code == 200
    assert lin.subject_id is not None
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_consents"):
        acts = [one.kind for one in audit.list_looks(lin.subject_id) if one.categories == ("consents.freeze",)]
    assert sorted(acts) == ["consent", "revoke"]


def test_a_consent_given_under_a_freeze_rests_as_well(lin: Actor, bank: Institution) -> None:
    consents.freeze(lin, now=NOW)
    assert bank.query(granted(bank, lin)).status_code == 403


def test_lifting_asks_for_a_fresh_proof_and_freezing_does_not(lin: Actor, bank: Institution) -> None:
    tired = replace(lin, owes_proof=True)
    consents.freeze(tired, now=NOW)
    with pytest.raises(ProofNeeded):
        consents.lift_freeze(tired, now=NOW)
    assert consents.frozen_since(lin, now=NOW) == NOW


def test_row_security_shows_the_holder_no_resting_consent_in_a_query_and_lets_nobody_else_lift(
    lin: Actor, bank: Institution
) -> None:
    consent = granted(bank, lin, rule=WATCH)
    holder = Actor(key=bank.key, roles=frozenset(), body=bank.body, area="390100")

    def seen() -> int:
        door = access.acting_for(
            holder, channel=Channel.QUERY, purpose="loan_review", case_ref=str(consent), attended_id=lin.subject_id
        )
        with door:
            return models.Authorisation.objects.filter(id=consent).count()

    assert seen() == 1
    consents.freeze(lin, now=NOW)
    assert seen() == 0
    with access.acting_for(holder, channel=Channel.QUERY, purpose="loan_review", attended_id=lin.subject_id):
        assert models.Freeze.objects.update(lifted_at=NOW) == 0
    with access.acting_for(holder, channel=Channel.BODY, purpose="loan_review"):
        assert not models.Freeze.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_freeze_waits_for_a_disclosure_that_runs_and_none_follows_it(lin: Actor, bank: Institution) -> None:
    consent = granted(bank, lin, rule=WATCH)
    done = threading.Event()

    def freeze() -> None:
        with simulated(NOW):
            consents.freeze(lin, now=NOW)
        connection.close()
        done.set()

    holder = Actor(key=bank.key, roles=frozenset({Role.CLIENT}), body=bank.body, area="390100")
    with access.acting_for(
        holder, channel=Channel.QUERY, purpose="loan_review", case_ref=str(consent), attended_id=lin.subject_id
    ):
        consents.hold(consent, actor=holder, now=NOW)
        other = threading.Thread(target=freeze)
        other.start()
        assert not done.wait(0.5), "The freeze was acknowledged while a disclosure ran."
    other.join(timeout=10)
    assert done.is_set()
    assert bank.query(consent, rule=WATCH).status_code == 403


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_person_pauses_all_queries_and_resumes_them_on_a_phone_without_scripts(
    live_server, lin: Actor, bank: Institution, browser_page: Callable[..., Page]
) -> None:
    consent = granted(bank, lin, rule=WATCH)
    cookie = cookie_of("lin", live_server.url)
    page = browser_page(width=360, javascript=False, cookies=[cookie])
    inspector = browser_page(width=320, cookies=[cookie])
    page.goto(f"{live_server.url}/me/consents")
    keep(page, "freeze-before")
    page.get_by_role("button", name="全部暂停").click()
    assert "您的授权查询已全部暂停" in page.inner_text("main")
    keep(page, "freeze-after")
    assert is_sound(inspector, f"{live_server.url}/me/consents")
    assert bank.query(consent, rule=WATCH).status_code == 403
    client = sign_in("lin")
    prove(client, Account.objects.get(username="lin"), seconds_ago=settings.FRESH_SECONDS + 5)
    assert client.post("/me/consents/freeze", {"act": "lift"}).status_code == 403
    page.get_by_role("button", name="恢复授权查询").click()
    assert bank.query(consent, rule=WATCH).status_code == 200
