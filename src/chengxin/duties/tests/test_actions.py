"""A platform acts under its own public rules, says why and where to appeal; none of it is a public credit record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.duties import facade, models
from chengxin.duties.contracts import Action, Measure, Rule, RuleText
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.refusal import Refused
from chengxin.market.contracts import Shop
from chengxin.market.tests.conftest import FIRM, HOST, Sold, individual, shop_of
from chengxin.objections.tests.conftest import officer
from chengxin.records import facade as records
from chengxin.reviews.tests.conftest import firm, ground, market, shop, sold, today

__all__ = ["firm", "ground", "market", "shop", "sold", "today"]
TODAY = date(2026, 11, 23)
FIRST = RuleText(
    code="QUALITY",
    title="商品质量规则",
    text="第一条 商品要合格。\n第二条 抽检不合格的，警示。",
    published_on=date(2026, 9, 1),
    effective_on=date(2026, 9, 10),
)


@world
def rule(sold: Sold) -> Rule:
    return facade.file_rule(sold.clerk, FIRST, now=NOW)


@world
def zhou(shop: Shop) -> Actor:
    return Actor(key="account:zhou", roles=frozenset({Role.CITIZEN}), subject_id=shop.subject_id)


def measure(rule: Rule, **changed: Any) -> Measure:
    plain = {"shop": "S-1", "kind": "warning", "rule_id": rule.id, "article": "第二条", "reasons": "抽检一批不合格。"}
    return Measure(**{**plain, "appeal_url": f"https://{HOST}/appeal", "starts_on": TODAY, **changed})


def acted(sold: Sold, rule: Rule, **changed: Any) -> Action:
    return facade.act(sold.clerk, measure(rule, **changed), now=NOW)


def code(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return f"{refused.value.refusal.code} {refused.value.refusal.field}".strip()


@pytest.mark.clause("E5.3b")
@pytest.mark.parametrize(
    ("changed", "answer"),
    [
        ({"article": " "}, "DU-ARTICLE article"),
        ({"rule_id": UUID(int=1)}, "DU-ARTICLE article"),
        ({"starts_on": date(2026, 11, 22)}, "DU-DAYS starts_on"),
        ({"appeal_url": ""}, "DU-NO-APPEAL appeal_url"),
        ({"appeal_url": "https://elsewhere.example.net/appeal"}, "DU-NO-APPEAL appeal_url"),
        ({"appeal_url": f"http://{HOST}/appeal"}, "DU-NO-APPEAL appeal_url"),
        ({"reasons": ""}, "DU-REASONS reasons"),
        ({"kind": "fine"}, "DU-KIND kind"),
        ({"kind": "class"}, "DU-KIND kind"),
        ({"grade": "strict"}, "DU-KIND kind"),
        ({"ends_on": TODAY}, "DU-DAYS starts_on"),
    ],
)
def test_a_measure_without_article_reasons_or_appeal_is_refused(
    sold: Sold, rule: Rule, shop: Shop, changed: dict[str, Any], answer: str
) -> None:
    assert code(lambda: acted(sold, rule, **changed)) == answer
    assert facade.list_of_platform(sold.clerk) == []
    assert shop.number == "S-1"


def test_a_rule_of_tomorrow_carries_no_measure_of_today(sold: Sold, shop: Shop) -> None:
    later = facade.file_rule(sold.clerk, replace(FIRST, code="NEW", effective_on=date(2026, 11, 24)), now=NOW)
    assert code(lambda: acted(sold, later)) == "DU-ARTICLE article"
    assert shop.number == "S-1"


@pytest.mark.clause("E5.3b")
def test_a_measure_is_published_and_told_and_a_class_is_told_to_the_merchant_alone(
    sold: Sold, rule: Rule, shop: Shop, zhou: Actor
) -> None:
    warned = acted(sold, rule, reasons="抽检不合格，联系13900000000。")
    classed = acted(sold, rule, kind="class", grade="strict")
    assert [one.number for one in facade.list_public_actions("SHOP")] == [warned.number]
    assert {one.number for one, _ in facade.list_of_merchant(zhou, shop.id)} == {classed.number, warned.number}
    page = Client().get("/platforms/SHOP").content.decode()
    assert ["抽检不合格，联系＊＊＊＊" in page, "第二条" in page, "从严管理" in page] == [True, True, False]
    with access.acting_for(zhou, channel=Channel.SELF, purpose="own_archive"), connection.cursor() as cursor:
        cursor.execute("select text_code from notices_notice where subject_id = %s", [shop.subject_id])
        assert cursor.fetchall() == [("platform_action",)] * 2


@pytest.mark.clause("E4.3b")
def test_an_appeal_is_answered_in_fifteen_days_by_somebody_else(
    sold: Sold, rule: Rule, shop: Shop, zhou: Actor
) -> None:
    one = acted(sold, rule, kind="class", grade="strict")
    case = facade.appeal(zhou, one.id, words="抽检复检合格。", now=NOW)
    assert (case.body, case.due_on) == ("SHOP", date(2026, 12, 8))
    assert code(lambda: facade.appeal(zhou, one.id, words="再申诉一次。", now=NOW)) == "DU-APPEALED"
    for verb in ("lift", "uphold"):
        own = {"verb": verb, "actor": sold.clerk, "now": NOW, "reasons": "核对了材料。"}
        assert code(lambda own=own: casework.carry_out(case.id, **own)) == "DU-SAME-HAND"
    other = officer("shop-other", "SHOP", Role.CASE_OFFICER)
    casework.carry_out(case.id, verb="lift", actor=other, now=NOW, reasons="复检合格。")
    ((lifted, answered),) = facade.list_of_merchant(zhou, shop.id)
    assert answered is not None
    assert (lifted.lifted_on, lifted.holds(TODAY), answered.state) == (TODAY, False, "lifted")


@pytest.mark.clause("E5.3b")
def test_a_measure_is_no_public_credit_record_and_reaches_no_report_and_no_measure(
    sold: Sold, rule: Rule, shop: Shop, market: Office
) -> None:
    acted(sold, rule, kind="class", grade="strict")
    acted(sold, rule)
    assert shop.subject_id is not None
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="filing"):
        assert records.list_of_subject(shop.subject_id) == []
    assert "抽检一批不合格" not in Client().get(f"/subjects/{FIRM}").content.decode()
    # Whoever decides on measures, determines or answers queries sees what the public sees and never a class.
    for purpose in ("determination", "filing", "statutory_query", "list_matching", "market_filing"):
        with access.acting_for(market.clerk, channel=Channel.BODY, purpose=purpose):
            assert list(models.PlatformAction.objects.values_list("kind", flat=True)) == ["warning"], purpose
    with connection.cursor() as cursor:
        cursor.execute("select conrelid::regclass::text from pg_constraint where confrelid = 'duties_action'::regclass")
        assert cursor.fetchall() == []


def test_nobody_acts_for_a_platform_and_nobody_but_the_merchant_appeals(
    sold: Sold, rule: Rule, shop: Shop, zhou: Actor, market: Office
) -> None:
    assert code(lambda: facade.act(market.clerk, measure(rule), now=NOW)) == "MK-NO-PLATFORM"
    program = replace(sold.clerk, key="client:SHOP", roles=frozenset({Role.CLIENT}))
    assert code(lambda: facade.act(program, measure(rule), now=NOW)) == "A-NO-RIGHT"
    one = acted(sold, rule)
    other = replace(zhou, key="account:other", subject_id=UUID(int=7))
    assert code(lambda: facade.appeal(other, one.id, words="不是我的店。", now=NOW)) == "ABSENT"
    shop_of(sold, individual())
    assert acted(sold, rule, shop="G-1").measure.shop == "G-1"
    assert code(lambda: acted(sold, rule, shop="G-1", kind="class", grade="strict")) == "DU-PERSON kind"
    with pytest.raises(DatabaseError), access.acting_for(sold.clerk, channel=Channel.BODY, purpose="market_filing"):
        models.PlatformAction.objects.filter(id=one.id).update(reasons="改过的理由")
    with access.acting_for(zhou, channel=Channel.SELF, purpose="own_archive"):
        row = models.PlatformAction.objects.get(id=one.id)
    row.id, row.number = UUID(int=9), "CS-X"
    with pytest.raises(DatabaseError), access.acting_for(zhou, channel=Channel.SELF, purpose="own_archive"):
        row.save(force_insert=True)
    assert shop.subject_id == zhou.subject_id
