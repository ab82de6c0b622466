"""A commitment is measurable, public, replaced by versions and changed by nobody."""

from __future__ import annotations

import orjson
import pytest
from django.db import DatabaseError, connection, transaction

from chengxin.access import facade as access
from chengxin.audit.models import Event
from chengxin.commitments import facade, models
from chengxin.commitments.actions import STATEMENT
from chengxin.commitments.contracts import Commitment, Content, Maker
from chengxin.commitments.rules import write
from chengxin.commitments.templates import read_templates, templates
from chengxin.commitments.tests.conftest import NOW, SERVICE, USCC
from chengxin.crypto import facade as crypto
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.refusal import Refused

SAID = "付款后24小时内发货；自签收之日起15日内无理由退货（法律规定除外的商品不在此列），收到退货后3日内退款。"


@pytest.mark.clause("E3.2a")
def test_each_of_four_makers_has_a_measurable_sentence_for_each_of_six_contents() -> None:
    assert set(templates()) == {(maker, content) for maker in Maker for content in Content}
    for (_, content), template in templates().items():
        lowest = {name: bounds.least for name, bounds in template.values.items()}
        (sentence,) = write("CN-1", {content: lowest}, known={content: template})
        assert all(str(number) in sentence.zh and str(number) in sentence.en for number in lowest.values())
        assert template.basis
        assert template.tags


@pytest.mark.parametrize(
    "spoiled",
    [
        "{tags: [price], zh: 我们很诚信。, en: We are honest., values: {}, basis: [EC/17]}",
        "{tags: [price], zh: '{days}日内', en: in days, values: {days: {least: 1, most: 2}}, basis: [EC/17]}",
        "{tags: [price], zh: '{days}日内', en: 'in {days}', values: {days: {least: 1, most: 2}}, basis: []}",
        "{tags: [joy], zh: '{days}日内', en: 'in {days}', values: {days: {least: 1, most: 2}}, basis: [EC/17]}",
    ],
)
def test_a_template_without_number_article_or_a_known_tag_is_refused(spoiled: str) -> None:
    with pytest.raises(ValueError, match=r"merchant\.price"):
        read_templates(f"merchant: {{price: {spoiled}}}")


@pytest.mark.clause("E3.2b")
def test_what_is_signed_is_public_word_for_word_with_a_signed_statement(promised: Commitment) -> None:
    (listed,) = facade.list_public(maker="merchant", tag="delivery", limit=10, offset=0)
    assert (listed.number, listed.name, listed.uscc) == (promised.number, "云汀禾木商贸有限公司", USCC)
    assert [(one.id, one.zh) for one in listed.sentences] == [(f"{promised.number}-5", SAID)]
    signed = orjson.loads(crypto.statement_signer().open(listed.statement, kind=STATEMENT))
    assert signed["sentences"][0]["zh"] == SAID
    assert facade.count_public(maker="merchant", tag="price") == facade.count_public(maker="courier", tag="") == 0


def test_a_change_is_a_new_version_and_so_is_a_withdrawal(firm: Actor, promised: Commitment) -> None:
    changed = facade.sign(firm, Maker.MERCHANT, {Content.RESPONSIBILITY: {"days": 3, "percent": 100}}, now=NOW)
    withdrawn = facade.sign(firm, Maker.MERCHANT, {}, now=NOW)
    assert [(one.number, one.version, one.is_standing) for one in facade.list_versions(promised)] == [
        (withdrawn.number, 3, False),
        (changed.number, 2, False),
        (promised.number, 1, False),
    ]
    first = facade.find(promised.number)
    assert first is not None
    assert first.sentences[0].zh == SAID
    assert facade.count_public(maker="", tag="") == 0
    with access.acting_for(firm, channel=Channel.SELF, purpose="own_archive"):
        told = Event.objects.filter(purpose="commitment").values_list("kind", flat=True)
        assert sorted(told) == ["consent", "consent", "revoke"]


@pytest.mark.parametrize(
    ("maker", "chosen", "expected"),
    [
        (Maker.MERCHANT, {}, ("CM-NOTHING", "")),
        (Maker.MERCHANT, {Content.SERVICE: {"hours": 24, "days": 6, "refund": 3}}, ("CM-VALUE", "service-days")),
        (Maker.MERCHANT, {Content.SERVICE: {"hours": 24, "days": 15}}, ("CM-VALUE", "service-refund")),
        (Maker.INDIVIDUAL, {Content.RESPONSIBILITY: {"days": 3}}, ("CM-MAKER", "")),
    ],
)
def test_nothing_weaker_than_the_law_and_nothing_in_anothers_place_is_signed(
    firm: Actor, maker: Maker, chosen: dict[Content, dict[str, int]], expected: tuple[str, str]
) -> None:
    with pytest.raises(Refused) as caught:
        facade.sign(firm, maker, chosen, now=NOW)
    assert (caught.value.refusal.code, caught.value.refusal.field) == expected
    assert facade.list_own(firm, now=NOW) == []


def test_what_a_natural_person_promises_is_read_by_its_number_alone_and_names_nobody(firm: Actor, lin: Actor) -> None:
    assert facade.makers_of(lin, now=NOW) == [Maker.INDIVIDUAL]
    own = facade.sign(lin, Maker.INDIVIDUAL, {Content.RESPONSIBILITY: {"days": 3}}, now=NOW)
    assert facade.count_public(maker="", tag="") == 0
    found = facade.find(own.number)
    assert found is not None
    assert (found.name, found.uscc, found.sentences[0].zh) == ("", "", "没有做到以上承诺的，3日内退还货款。")
    for actor, channel in ((ANYONE, Channel.PUBLIC), (firm, Channel.SELF)):
        with access.acting_for(actor, channel=channel, purpose="public_viewing"):
            assert not models.Commitment.objects.exists()
    with pytest.raises(Refused, match="CM-MAKER"):
        facade.sign(lin, Maker.MERCHANT, SERVICE, now=NOW)


def test_nobody_changes_the_words_and_nobody_replaces_anothers(lin: Actor, firm: Actor, promised: Commitment) -> None:
    with access.acting_for(lin, channel=Channel.SELF, purpose="commitment"):
        assert models.Commitment.objects.filter(id=promised.id).update(replaced_at=NOW) == 0
    with (
        access.acting_for(firm, channel=Channel.SELF, purpose="commitment"),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("update commitments_commitment set sentences = '[]', replaced_at = now()")
    found = facade.find(promised.number)
    assert found is not None
    assert found.sentences[0].zh == SAID
