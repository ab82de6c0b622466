"""Notices: one addressee, no personal data, proof, row security."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.refusal import Refused
from chengxin.notices import facade, models

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
LIN_ID, ZHOU_ID = UUID(int=1), UUID(int=2)
CLERK = Actor(key="account:clerk", roles=frozenset({Role.CLERK}), body="3901-SC", area="3901")
OUTSIDER = Actor(key="account:out", roles=frozenset({Role.CLERK}), body="3902-XX", area="3902")
LIN = Actor(key="account:lin", roles=frozenset({Role.CITIZEN}), subject_id=LIN_ID)
ZHOU = Actor(key="account:zhou", roles=frozenset({Role.CITIZEN}), subject_id=ZHOU_ID)


def as_(actor: Actor):
    channel = Channel.SELF if actor.subject_id else Channel.BODY
    return acting(Context.of(actor, channel=channel, purpose="case_handling"))


def serve(actor: Actor = CLERK, **changed: object):
    given = {"kind": "test", "text": "outside", "parameters": {}, "reference": "SW1", "to_subject": LIN_ID} | changed
    with as_(actor):
        return facade.serve(actor=actor, now=NOON, **given)


def test_a_notice_is_read_by_whom_it_was_served_on_and_by_its_sender() -> None:
    notice = serve()
    with as_(LIN):
        assert [found.id for found in facade.list_for(LIN)] == [notice.id]
        assert facade.count_unread(LIN) == 1
    with as_(CLERK):
        assert [found.id for found in facade.list_about("SW1")] == [notice.id]
    for stranger in (ZHOU, OUTSIDER):
        with as_(stranger):
            assert facade.list_for(stranger) == []
            assert models.Notice.objects.count() == 0
    assert models.Notice.objects.count() == 0


def test_only_the_addressee_opens_a_notice_and_only_the_first_opening_counts() -> None:
    notice = serve()
    for stranger in (ZHOU, OUTSIDER, CLERK):
        with as_(stranger):
            assert facade.mark_read(notice.id, now=NOON) is False
    with as_(LIN):
        assert facade.mark_read(notice.id, now=NOON) is True
        assert facade.mark_read(notice.id, now=NOON) is False
        assert facade.count_unread(LIN) == 0


def test_nobody_serves_in_the_name_of_another_body() -> None:
    forged = Actor(key=OUTSIDER.key, roles=OUTSIDER.roles, body="3901-SC")
    with as_(OUTSIDER), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        facade.serve(
            kind="test", text="outside", parameters={}, reference="", to_subject=LIN_ID, actor=forged, now=NOON
        )


def test_a_served_notice_cannot_be_rewritten() -> None:
    serve()
    with as_(LIN), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        models.Notice.objects.update(text_code="other")


@pytest.mark.parametrize(
    "parameters",
    [{"name": "林某"}, {"number": "390101199001010017"}, {"code": "39010119900101001X"}, {"item": "10112345678"}],
)
def test_a_notice_carries_nothing_of_a_person(parameters: dict[str, str]) -> None:
    with as_(CLERK), pytest.raises(Refused) as caught:
        facade.serve(
            kind="test",
            text="outside",
            parameters=parameters,
            reference="",
            to_subject=LIN_ID,
            actor=CLERK,
            now=NOON,
        )
    assert caught.value.refusal.code == "N-PERSONAL"
    assert "390101199001010017" not in caught.value.refusal.text()
    with as_(LIN):
        assert facade.list_for(LIN) == []


def test_a_day_is_written_as_people_write_it() -> None:
    given = {"number": "ZX1", "body": "云汀市公安局", "day": "2026-03-02"}
    assert "最晚2026年3月2日答复您" in facade.fill("look_challenged", given, language="zh").body
    assert "an answer by 2 March 2026" in facade.fill("look_challenged", given, language="en").body


def test_what_leaves_the_platform_has_no_content() -> None:
    assert facade.outside_text().title == "您有一条新消息"
    assert facade.outside_text(language="en").body == "Please sign in and read it under Messages."
    assert "{" not in facade.outside_text().body


def test_a_letter_is_served_only_with_its_receipt() -> None:
    with as_(CLERK), pytest.raises(Refused) as caught:
        facade.serve(
            kind="t",
            text="outside",
            parameters={},
            reference="",
            to_subject=LIN_ID,
            channel="letter",
            actor=CLERK,
            now=NOON,
        )
    assert caught.value.refusal.code == "N-NO-PROOF"
    assert serve(channel="letter", proof="f" * 64).proof == "f" * 64
    assert len(serve().proof) == 64


def test_a_notice_has_one_addressee() -> None:
    for both in ({"to_subject": None, "to_body": ""}, {"to_subject": LIN_ID, "to_body": "3901-SC"}):
        with pytest.raises(ValueError, match="one addressee"):
            serve(**both)


def test_a_body_reads_the_notices_served_on_it() -> None:
    notice = serve(to_subject=None, to_body="3902-XX")
    with as_(OUTSIDER):
        assert [found.id for found in facade.list_for(OUTSIDER)] == [notice.id]
        assert facade.text_of(notice).title == "您有一条新消息"
