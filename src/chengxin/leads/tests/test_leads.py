"""What makes a lead, what follows from one (nothing), who decides it, and when it ends by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from tests.proofs._world import superuser

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, SETUP, Office
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refused
from chengxin.leads import facade, models
from chengxin.leads.contracts import Finding, Outcome, Row, Taken
from chengxin.leads.tests.conftest import FIRST, act, block, case_of, lead_case, paper
from chengxin.market.contracts import Shop
from chengxin.market.tests.conftest import Sold, individual, shop_of

MAY_CHANGE = ("leads_", "casework_", "audit_", "django_", "vendor")


def take(*found: Finding, now: Any = NOW) -> Taken:
    return facade.take(found, now=now)


def everything() -> dict[str, str]:
    """Return a digest of every table that a lead has no business with."""
    with superuser() as looking:
        names = looking.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1"
        ).fetchall()
        return {
            name: looking.execute(
                f"select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {name} t"
            ).fetchall()[0][0]
            for (name,) in names
            if not name.startswith(MAY_CHANGE)
        }


@pytest.mark.clause("E2.3b")
def test_two_independent_kinds_about_a_shop_and_time_make_a_lead_and_one_is_a_note(
    shop: Shop, regulator: Office
) -> None:
    alone = take(block())
    assert (alone.new, alone.opened, alone.joined) == (1, [], 0)
    later = take(paper(first_day=FIRST.replace(year=2025), end_day=FIRST.replace(year=2025, day=9), rows=old_rows()))
    assert (later.new, later.opened) == (1, [])
    both = take(paper())
    assert (both.new, len(both.opened)) == (1, 1)
    case = case_of(both.opened[0])
    assert (case.body, case.state, case.facts["rules"]) == (regulator.body, "found", ["R3", "dense_block"])
    assert case.due_on is not None
    assert (case.due_key, case.due_provisional, case.due_on.isoformat()) == ("lead.check", True, "2026-12-14")
    more = take(paper("R9", "loop", orders=("O-1",)))
    assert (more.new, more.opened, more.joined) == (1, [], 1)


def old_rows() -> list[Row]:
    return [Row(day=FIRST.replace(year=2025), order="O-0")]


def test_two_rules_of_papers_agree_on_a_shared_order_and_not_by_chance_in_a_large_shop(
    shop: Shop, regulator: Office
) -> None:
    assert take(paper(orders=("O-1",)), paper("R9", "loop", orders=("O-7",))).opened == []
    assert take(paper("R5", "times", orders=("O-8",)), paper("R6", "times", orders=("O-8",))).opened == []
    assert len(take(paper("R2", "parcel", orders=("O-7", "O-9"))).opened) == 1


def test_the_same_findings_again_change_nothing_and_what_is_not_whole_is_set_aside(
    sold: Sold, shop: Shop, regulator: Office
) -> None:
    shop_of(sold, individual())
    first = take(block(), paper())
    again = take(block(), paper())
    assert (first.new, first.known, again.new, again.known, again.opened) == (2, 0, 0, 2, [])
    aside = take(
        paper(model=""),
        paper(clears=("", "")),
        paper(rows=[]),
        paper(family="guess"),
        paper(shop="G-1"),
        block(shop="S-9"),
    )
    assert aside.aside == {"incomplete": 4, "individual": 1, "shop_unknown": 1}
    assert aside.new == 0


@pytest.mark.django_db(transaction=True)
def test_a_lead_changes_nothing_but_its_own_case(shop: Shop, regulator: Office) -> None:
    before = everything()
    assert {"market_shop", "reviews_score", "records_version", "lists_entry", "measures_applied"} <= before.keys()
    case = lead_case()
    act(case, "ask", regulator.clerk)
    after = everything()
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"notices_notice", "jobs_message", "jobs_outbox"}, changed


def test_saying_yes_waits_for_the_merchant_and_needs_own_reasons(
    shop: Shop, regulator: Office, merchant: Actor
) -> None:
    case = lead_case()
    with pytest.raises(Refused, match="LD-NOT-HEARD"):
        act(case, "confirm", regulator.clerk)
    act(case, "ask", regulator.clerk)
    with pytest.raises(Refused, match="LD-NOT-HEARD"):
        act(case, "confirm", regulator.clerk)
    with pytest.raises(Refused, match="CASE-REASONS"):
        act(case, "set_aside", regulator.clerk, reasons="")
    (own,) = facade.list_own(merchant, now=NOW)
    facade.answer(merchant, own.id, text="社区团购，由团长代收代付。", now=NOW)
    assert act(case, "confirm", regulator.clerk).state == "founded"
    told = {(one.rule, one.founded, one.decided) for one in facade.list_precision(regulator.clerk, now=NOW)}
    assert told == {("R3", 1, 1), ("dense_block", 1, 1)}
    with pytest.raises(Refused, match="LD-ANSWER-OVER"):
        facade.answer(merchant, own.id, text="再补充一点。", now=NOW)


def test_silence_for_five_workdays_lets_the_officer_decide(shop: Shop, regulator: Office) -> None:
    case = act(lead_case(), "ask", regulator.clerk)
    for days in (1, 7):
        with pytest.raises(Refused, match="LD-NOT-HEARD"):
            act(case, "confirm", regulator.clerk, now=NOW + timedelta(days=days))
    assert act(case, "confirm", regulator.clerk, now=NOW + timedelta(days=8)).state == "founded"


def test_what_nobody_decided_in_ninety_days_ends_by_itself_and_is_no_denominator(shop: Shop, regulator: Office) -> None:
    case = lead_case()
    more = act(case, "more", regulator.clerk)
    assert (more.due_key, more.due_on and more.due_on.isoformat()) == ("lead.check_extended", "2027-01-05")
    assert facade.expire(now=NOW + timedelta(days=90)) == 0
    assert facade.expire(now=NOW + timedelta(days=91)) == 1
    assert facade.expire(now=NOW + timedelta(days=92)) == 0
    assert case_of(case.number).state == "expired"
    (one, _other) = facade.list_precision(regulator.clerk, now=NOW)
    assert (one.decided, one.expired) == (0, 1)


@pytest.mark.clause("E4.1e")
def test_a_lead_is_seen_by_its_authority_and_the_merchant_once_opened_and_by_nobody_else(
    sold: Sold, shop: Shop, regulator: Office, merchant: Actor, market: Office
) -> None:
    case = lead_case()
    lead_id = UUID(case.ref.id)
    assert facade.list_own(merchant, now=NOW) == []
    with pytest.raises(Refused, match="ABSENT"):
        facade.get_own(merchant, lead_id, now=NOW)
    for stranger in (market.clerk, sold.clerk, sold.office):
        with pytest.raises(Refused, match="ABSENT"):
            facade.get_for_handler(stranger, lead_id, now=NOW)
    act(case, "ask", regulator.clerk)
    lead, held, _answers = facade.get_own(merchant, lead_id, now=NOW)
    assert (lead.answer_by and lead.answer_by.isoformat(), len(held)) == ("2026-11-30", 2)
    assert {(one.accounts, tuple(one.finding.ties)) for one in held} == {(0, ())}
    with access.acting_for(regulator.clerk, channel=Channel.BODY, purpose="lead_handling"):
        behind = {(one.finding.rule, one.accounts, one.others) for one in facade.list_held(lead_id)}
        kept = {account for ring in models.Ring.objects.all() for account in ring.accounts}
    assert behind == {("R3", 1, 1), ("dense_block", 12, 1)}
    assert not any("buyer" in account for account in kept)


def test_the_database_refuses_a_finding_without_its_evidence(shop: Shop, regulator: Office) -> None:
    lead_case()
    with access.acting_for(SETUP, channel=Channel.JOB, purpose="lead_detection"):
        row = models.Finding.objects.order_by("id").first()
        assert row is not None
        row.pk, row.model = UUID(int=7), ""
        with pytest.raises(IntegrityError, match="leads_finding_whole"), transaction.atomic():
            row.save(force_insert=True)


def test_findings_set_aside_once_do_not_come_back_as_a_new_lead(shop: Shop, regulator: Office) -> None:
    act(lead_case(), "set_aside", regulator.clerk)
    again = take(block(), paper(orders=("O-1",)))
    assert (again.new, again.known, again.opened) == (0, 2, [])
    (one, _other) = facade.list_precision(regulator.clerk, now=NOW)
    assert (one.founded, one.decided, Outcome.UNFOUNDED.value) == (0, 1, "unfounded")
