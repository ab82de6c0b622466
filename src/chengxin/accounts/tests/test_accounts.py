"""Two people reset a lost factor; whoever is frozen appeals to another than who froze."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from chengxin.access import facade as access
from chengxin.access import models as access_models
from chengxin.access.contracts import ProofNeeded
from chengxin.access.models import Account
from chengxin.access.tests.cast import NOON, open_body, open_citizen, open_staff, prove, sign_in
from chengxin.access.tests.test_second_factor import PASSWORD, SECRET
from chengxin.accounts import facade
from chengxin.audit.models import Event
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.notices import facade as notices

pytestmark = pytest.mark.django_db
LIN = UUID("01890000-0000-7000-8000-000000000001")


def actor_named(username: str) -> Actor:
    account = access.find_account(username, on=date(2026, 3, 2))
    assert account is not None
    return access.actor_for_account(account, on=date(2026, 3, 2))


@pytest.fixture(autouse=True)
def people() -> None:
    """Open a unit with a clerk who has an app, and over it the office with its administrators."""
    open_body("39-XY", area="39", level="province", is_credit_office=True)
    open_body("3901-SC")
    open_staff("wu", Role.CLERK, body="3901-SC", password=PASSWORD)
    for name, role in (
        ("system", Role.SYSTEM_ADMIN),
        ("system2", Role.SYSTEM_ADMIN),
        ("security", Role.SECURITY_ADMIN),
        ("security2", Role.SECURITY_ADMIN),
    ):
        open_staff(name, role, body="39-XY", password=PASSWORD)
    TOTP.activate(Account.objects.get(username="wu"), SECRET)


def proposed(username: str = "wu", *, by: str = "system") -> Case:
    return facade.propose_reset(username, actor=actor_named(by), now=NOON, reasons="本人到场，出示工作证。")


def confirm(case: Case, *, by: str) -> Case:
    return casework.carry_out(case.id, verb="confirm", actor=actor_named(by), now=NOON, reasons="已另行核对。")


def told(actor: Actor) -> list[str]:
    with access.acting_for(actor, channel=Channel.BODY, purpose="filing"):
        return sorted(notice.kind for notice in notices.list_for(actor))


def test_nothing_is_reset_before_a_second_person_confirms() -> None:
    case = proposed()
    assert Authenticator.objects.count() == 1
    assert told(actor_named("wu")) == ["accounts.factor_reset_asked"]
    done = confirm(case, by="system2")
    assert (done.state, done.is_closed) == ("done", True)
    assert Authenticator.objects.count() == 0
    assert Account.objects.get(username="wu").password_is_one_time
    assert told(actor_named("wu")) == ["accounts.factor_reset_asked", "accounts.factor_reset_done"]
    kept = access_models.FactorReset.objects.get()
    assert (kept.proposed_by, kept.confirmed_by) == (actor_named("system").key, actor_named("system2").key)
    assert (kept.account.username, kept.case_number) == ("wu", case.number)
    auditor = Actor(key="account:a", roles=frozenset({Role.AUDIT_ADMIN}), body="39-XY", area="39")
    with access.acting_for(auditor, channel=Channel.OFFICE, purpose="audit"):
        assert Event.objects.filter(reference=f"factor:reset:{kept.account_id}").count() == 1


def test_who_proposed_cannot_confirm() -> None:
    case = proposed()
    with pytest.raises(Refused) as refused:
        confirm(case, by="system")
    assert refused.value.refusal.code == "A-FOUR-EYES"
    assert Authenticator.objects.count() == 1


def test_nobody_proposes_or_confirms_the_reset_of_their_own_account() -> None:
    TOTP.activate(Account.objects.get(username="system2"), SECRET)
    with pytest.raises(Refused) as own:
        proposed("system2", by="system2")
    assert own.value.refusal.code == "AC-OWN-ACCOUNT"
    case = proposed("system2", by="system")
    with pytest.raises(Refused) as confirmed:
        confirm(case, by="system2")
    assert confirmed.value.refusal.code == "AC-OWN-ACCOUNT"
    assert Authenticator.objects.count() == 2


@pytest.mark.parametrize("who", ["wu", "security"])
def test_only_the_system_administrator_proposes(who: str) -> None:
    with pytest.raises(Refused) as refused:
        proposed(by=who)
    assert refused.value.refusal.code == "A-NO-RIGHT"


def test_nobody_proposes_over_another_area_without_a_fresh_proof_or_where_there_is_no_factor() -> None:
    open_body("3902-XX", area="3902")
    open_staff("elsewhere", Role.SYSTEM_ADMIN, body="3902-XX", password=PASSWORD)
    with pytest.raises(Refused) as refused:
        proposed(by="elsewhere")
    assert refused.value.refusal.code == "ABSENT"
    with pytest.raises(ProofNeeded):
        facade.propose_reset(
            "wu", actor=replace(actor_named("system"), owes_proof=True), now=NOON, reasons="本人到场。"
        )
    with pytest.raises(Refused) as bare:
        proposed("security")
    assert bare.value.refusal.code == "AC-NO-FACTOR"


def test_confirming_asks_for_a_fresh_proof_and_leaves_nothing_begun() -> None:
    case = proposed()
    tired = replace(actor_named("system2"), owes_proof=True)
    with pytest.raises(ProofNeeded):
        casework.carry_out(case.id, verb="confirm", actor=tired, now=NOON, reasons="已另行核对。")
    assert Authenticator.objects.count() == 1
    with access.acting_for(actor_named("system2"), channel=Channel.BODY, purpose="case_handling"):
        assert casework.find_attempt(case.id) is None


def test_the_database_keeps_no_reset_by_one_person() -> None:
    account = Account.objects.get(username="wu")
    with pytest.raises(IntegrityError, match="access_factor_reset_two"), transaction.atomic():
        access_models.FactorReset.objects.create(
            id=LIN, account=account, at=NOON, case_number="X", proposed_by="account:a", confirmed_by="account:a"
        )


def test_after_a_reset_an_open_session_leads_to_nothing_but_the_change_of_the_password() -> None:
    thief = sign_in("wu")
    assert thief.get("/dept/inbox").status_code == 200
    confirm(proposed(), by="system2")
    assert thief.get("/dept/inbox")["Location"] == "/account/password"


def test_the_reset_runs_over_the_pages_with_a_signed_paper() -> None:
    with simulated(NOON):
        client = sign_in("system")
        assert client.post("/office/accounts/reset", {"username": "nobody", "reasons": "x"}).status_code == 422
        paper = SimpleUploadedFile("p.pdf", b"%PDF-1.4 signed")
        answer = client.post("/office/accounts/reset", {"username": "wu", "reasons": "本人到场。", "papers": paper})
        assert answer.status_code == 302
        case_page = answer["Location"]
        assert "待第二人确认" in client.get(case_page).content.decode()
        assert sign_in("wu").get("/office/accounts/reset").status_code == 403
        prove(client, Account.objects.get(username="system"), seconds_ago=10_000)
        assert client.get("/office/accounts/reset").status_code == 403


def freeze(username: str = "wu", *, by: str = "security") -> None:
    account = access.find_account(username, on=date(2026, 3, 2))
    assert account is not None
    access.freeze_account(account.id, days=3, actor=actor_named(by), now=NOON, reasons="核查期间。")


def frozen_browser() -> Client:
    freeze()
    return sign_in("wu")


def test_whoever_is_frozen_sees_by_whom_why_and_until_when_and_appeals() -> None:
    with simulated(NOON + timedelta(minutes=1)):
        client = frozen_browser()
        page = client.get("/account/appeal").content.decode()
        assert "核查期间。" in page
        assert "安全管理员" in page
        assert client.post("/account/appeal", {"text": "查询都是为办案。"}).status_code == 302
        page = client.get("/account/appeal").content.decode()
        assert "待答复" in page
        assert client.post("/account/appeal", {"text": "再说一次。"}).status_code == 422
    standing = facade.standing_of(actor_named("wu"), now=NOON + timedelta(minutes=2))
    assert standing.appeal is not None
    assert standing.appeal.due_on == date(2026, 3, 9)


def test_an_appeal_is_decided_by_another_than_who_froze() -> None:
    freeze()
    later = NOON + timedelta(minutes=1)
    case = facade.appeal(actor_named("wu"), text="查询都是为办案。", now=later)
    assert case.body == "39-XY"
    with pytest.raises(Refused) as refused:
        casework.carry_out(case.id, verb="uphold", actor=actor_named("security"), now=later, reasons="维持。")
    assert refused.value.refusal.code == "A-FOUR-EYES"
    with pytest.raises(Refused, match="A-FOUR-EYES"):
        casework.carry_out(case.id, verb="lift", actor=actor_named("security"), now=later, reasons="解除。")
    casework.carry_out(case.id, verb="lift", actor=actor_named("security2"), now=later, reasons="有案件。")
    assert access.list_restrictions(access.account_id_of(actor_named("wu").key), now=later) == ()


def test_where_nobody_else_could_decide_the_appeal_says_so_instead_of_going_to_who_froze() -> None:
    account = access.find_account("security2", on=date(2026, 3, 2))
    assert account is not None
    access.close_account(account.id, actor=actor_named("system"), now=NOON)
    freeze()
    with pytest.raises(Refused) as refused:
        facade.appeal(actor_named("wu"), text="查询都是为办案。", now=NOON)
    assert refused.value.refusal.code == "AC-NOBODY"


def test_no_security_administrator_decides_the_appeal_of_their_own_account() -> None:
    freeze("security2")
    with pytest.raises(Refused, match="AC-NOBODY"):
        facade.appeal(actor_named("security2"), text="查询都是为办案。", now=NOON)


def test_an_account_without_limits_has_nothing_to_appeal() -> None:
    open_citizen("lin", LIN, password=PASSWORD)
    with simulated(NOON):
        client = sign_in("lin")
        assert "没有受到限制" in client.get("/account/appeal").content.decode()
        assert client.post("/account/appeal", {"text": "x"}).status_code == 422
    assert Client().get("/account/appeal").status_code == 401
