"""Accounts, posts, clients and rights on the real database."""

import base64
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.test import RequestFactory

from chengxin.access import facade, models
from chengxin.access.clients import find_client_by_header
from chengxin.access.contracts import is_person
from chengxin.access.tests.cast import NOON, SETUP, open_body, open_citizen, open_staff
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import ANYONE, Actor, Role
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
LIN = UUID("01890000-0000-7000-8000-000000000001")
ADMINS = [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN]


@pytest.mark.clause("P4.1a")
@pytest.mark.parametrize(("first", "second"), [(a, b) for a in ADMINS for b in ADMINS if a != b])
def test_redline_08_no_account_holds_two_of_the_three_administrations(first: Role, second: Role) -> None:
    open_body("39-XY", area="39")
    account = open_staff("sun", first, body="39-XY")
    with pytest.raises(Refused) as caught:
        facade.give_post(account.id, body="39-XY", role=second, actor=SETUP, now=NOON, starts_on=TODAY)
    assert caught.value.refusal.code == "A-SEPARATED-ADMINS"
    assert [post.role for post in facade.find_account("sun", on=TODAY).posts] == [first]


def test_redline_08_the_database_itself_keeps_the_administrations_apart() -> None:
    open_body("39-XY", area="39")
    account = open_staff("sun", Role.SYSTEM_ADMIN, body="39-XY")
    post = {"account_id": account.id, "body_id": "39-XY", "role": "audit_admin", "given_by": "nobody"}
    with pytest.raises(IntegrityError, match="access_post_separated_admins"), transaction.atomic():
        models.Post.objects.create(id=new_id(NOON), starts_on=TODAY, **post)


def test_an_administration_may_follow_another_that_has_ended() -> None:
    open_body("39-XY", area="39")
    account = open_staff("sun", Role.SYSTEM_ADMIN, body="39-XY")
    facade.end_post(account.id, body="39-XY", role=Role.SYSTEM_ADMIN, actor=SETUP, now=NOON, ends_on=TODAY)
    facade.give_post(account.id, body="39-XY", role=Role.AUDIT_ADMIN, actor=SETUP, now=NOON, starts_on=TODAY)
    assert [post.role for post in facade.find_account("sun", on=TODAY).posts] == [Role.AUDIT_ADMIN]
    before = facade.find_account("sun", on=TODAY - timedelta(days=1))
    assert [post.role for post in before.posts] == [Role.SYSTEM_ADMIN]


def test_an_adult_has_one_account() -> None:
    open_citizen("lin", LIN)
    with pytest.raises(Refused) as caught:
        open_citizen("lin2", LIN)
    assert caught.value.refusal.code == "A-ONE-ACCOUNT"
    assert models.Account.objects.count() == 1


def test_only_the_administrators_open_accounts_and_give_posts_each_its_part() -> None:
    open_body("39-XY", area="39")
    open_body("4401-XX", area="4401")
    account = open_staff("new", body="39-XY")
    system = Actor(key="account:s", roles=frozenset({Role.SYSTEM_ADMIN}), body="39-XY", area="39")
    security = Actor(key="account:k", roles=frozenset({Role.SECURITY_ADMIN}), body="39-XY", area="39")
    given = {"role": Role.CLERK, "now": NOON, "starts_on": TODAY}
    for actor, body in ((system, "39-XY"), (security, "4401-XX"), (ANYONE, "39-XY")):
        with pytest.raises(Refused):
            facade.give_post(account.id, body=body, actor=actor, **given)
    with pytest.raises(Refused):
        facade.open_account("other", actor=security, now=NOON)
    assert models.Post.objects.count() == 0
    facade.give_post(account.id, body="39-XY", actor=security, **given)
    assert models.Post.objects.get().given_by == "account:k"
    assert facade.open_account("other", actor=system, now=NOON).username == "other"


def test_nobody_gives_themselves_a_post() -> None:
    open_body("39-XY", area="39")
    account = open_staff("kong", Role.SECURITY_ADMIN, body="39-XY")
    kong = facade.actor_for_account(account=facade.find_account("kong", on=TODAY), on=TODAY)
    with pytest.raises(Refused) as caught:
        facade.give_post(account.id, body="39-XY", role=Role.CLERK, actor=kong, now=NOON, starts_on=TODAY)
    assert caught.value.refusal.code == "A-OWN-POST"


def test_an_actor_has_the_roles_of_one_body_on_that_day() -> None:
    open_body("3901-SC")
    open_body("3901-WJ")
    account = open_staff("wu", Role.CLERK, body="3901-SC")
    facade.give_post(account.id, body="3901-WJ", role=Role.APPROVER, actor=SETUP, now=NOON, starts_on=TODAY)
    held = facade.find_account("wu", on=TODAY)
    here = facade.actor_for_account(held, on=TODAY)
    there = facade.actor_for_account(held, on=TODAY, body="3901-WJ")
    elsewhere = facade.actor_for_account(held, on=TODAY, body="3902-XX")
    assert (here.body, here.roles, here.area) == ("3901-SC", frozenset({Role.CLERK}), "3901")
    assert (there.body, there.roles) == ("3901-WJ", frozenset({Role.APPROVER}))
    assert elsewhere == here
    assert is_person(here)
    assert here.key == f"account:{account.id}"


def test_a_closed_account_is_nobody() -> None:
    account = open_citizen("lin", LIN)
    facade.close_account(account.id, actor=SETUP, now=NOON)
    assert facade.actor_for_account(facade.find_account("lin", on=TODAY), on=TODAY) == ANYONE


def test_a_body_may_file_an_item_only_while_it_has_the_right() -> None:
    open_body("3901-SC")
    right = {"actor": SETUP, "now": NOON, "starts_on": TODAY, "ends_on": TODAY + timedelta(days=1)}
    facade.give_source_rights([("3901-SC", "penalty")], **right)
    facade.give_source_rights([("3901-SC", "penalty")], **right)
    assert facade.source_bodies("penalty", on=TODAY) == {"3901-SC"}
    assert facade.items_of("3901-SC", on=TODAY) == ("penalty",)
    assert facade.source_bodies("penalty", on=TODAY + timedelta(days=1)) == frozenset()
    assert facade.source_bodies("penalty", on=TODAY - timedelta(days=1)) == frozenset()


def test_the_nearest_credit_office_answers_for_an_area() -> None:
    open_body("39-XY", area="39", is_credit_office=True, level="province")
    open_body("3901-XY", area="3901", is_credit_office=True)
    assert facade.credit_office_of("390101").code == "3901-XY"
    assert facade.credit_office_of("390201").code == "39-XY"
    assert facade.credit_office_of("44") is None


def register(**changed: object):
    open_body("3901-SC")
    given = {"body": "3901-SC", "scopes": ["batch.upload"], "actor": SETUP, "now": NOON} | changed
    return facade.register_client("报送程序", **given)


def basic(client_id: object, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()


def test_a_program_is_let_in_by_id_and_secret_and_only_for_its_scopes() -> None:
    new = register()
    request = RequestFactory().post("/", headers={"Authorization": basic(new.client.id, new.secret)})
    actor = facade.client_auth("batch.upload")(request)
    assert actor == Actor(key=f"client:{new.client.id}", roles=frozenset({Role.CLIENT}), body="3901-SC", area="3901")
    assert facade.actor_of(request) == actor
    with pytest.raises(Refused) as caught:
        facade.client_auth("identity.verify")(request)
    assert caught.value.refusal.code == "A-SCOPE"
    bearer = RequestFactory().get("/", headers={"Authorization": f"Bearer {new.client.id}:{new.secret}"})
    assert facade.client_auth("batch.upload")(bearer) == actor


def test_a_wrong_secret_an_unknown_id_and_a_broken_header_are_alike() -> None:
    new = register()
    for header in (
        "",
        "Basic",
        "Basic !!!",
        "Digest x",
        basic(new.client.id, "wrong"),
        basic(new.client.id, ""),
        basic(UUID(int=7), new.secret),
        basic("nobody", new.secret),
    ):
        assert find_client_by_header(header) is None
        request = RequestFactory().get("/", headers={"Authorization": header})
        assert facade.client_auth("batch.upload")(request) is None


def test_a_suspended_program_is_refused_from_its_next_request() -> None:
    new = register()
    header = basic(new.client.id, new.secret)
    assert find_client_by_header(header) == new.client
    facade.suspend_client(new.client.id, actor=SETUP, now=NOON)
    assert find_client_by_header(header) is None


def test_a_program_over_its_rate_waits_for_the_next_minute() -> None:
    new = register(rate_per_minute=2)
    request = RequestFactory().get("/", headers={"Authorization": basic(new.client.id, new.secret)})
    auth = facade.client_auth("batch.upload")
    auth(request)
    auth(request)
    with pytest.raises(Refused) as caught:
        auth(request)
    assert caught.value.refusal.code == "TOO_MANY"


def test_a_secret_is_kept_only_as_a_digest() -> None:
    new = register()
    assert len(new.secret) >= 43
    row = models.ApiClient.objects.get()
    assert bytes(row.secret_digest) != new.secret.encode()
    assert len(bytes(row.secret_digest)) == 32


@pytest.mark.clause("P4.1a")
def test_redline_06_nothing_is_read_without_a_declared_purpose() -> None:
    lin = Actor(key="account:lin", roles=frozenset({Role.CITIZEN}), subject_id=LIN)
    with pytest.raises(Refused) as caught, facade.acting_for(lin, channel=Channel.SELF, purpose="curiosity"):
        pytest.fail("The block must not run.")
    assert caught.value.refusal.code == "A-NO-PURPOSE"


def test_the_web_deletes_neither_accounts_nor_posts_nor_bodies() -> None:
    open_body("3901-SC")
    open_staff("wu", Role.CLERK, body="3901-SC")
    for model in (models.Post, models.Account, models.Body, models.ApiClient, models.SourceRight):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            model.objects.all()._raw_delete("default")
    assert models.Post.objects.count() == 1
