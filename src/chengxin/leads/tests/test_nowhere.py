"""No report, certificate, list, measure, outlet or usable reading reaches a lead or a finding, founded or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.urls import get_resolver
from tests.proofs._world import superuser
from tests.test_outlets import leaving, outlets_at, views

from chengxin.access import facade as access
from chengxin.archives import facade as archives
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.leads import facade
from chengxin.leads.tests.conftest import act, lead_case
from chengxin.market.contracts import Shop
from chengxin.market.tests.conftest import Sold, accept, firm, hand_in
from chengxin.records import facade as records

__all__ = ["accept", "firm", "hand_in"]
SOURCE = Path(__file__).resolve().parents[2]
# Where the product is wired together; everything else would be a way out.
MAY_IMPORT = {"site/api.py", "site/urls.py", "site/settings.py"}
# Who finds by looking hands findings in, as detection does, and reads nothing of what becomes of them.
MAY_HAND_IN = {"inspections/check_display.py", "inspections/checking.py", "inspections/supervising.py"}
HANDING_IN = {"contracts", "take", "declared"}
MAY_BUILD = ("leads/", "cli/leads.py", "demo/")
HANDLING = {"lead_handling", "case_handling"}
VIEWS = {"leads", "determination", "own_leads", "own_lead", "report", "reports", "result"}
SAYS = ("O-1", "O-2", f"XS{NOW:%Y}", "线索", "dense_block", "buyer")


def sources() -> Iterator[tuple[str, str]]:
    for file in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.sql")]):
        place = file.relative_to(SOURCE).as_posix()
        if "/tests/" not in place and not place.startswith(MAY_BUILD):
            yield place, file.read_text("utf-8")


def founded(regulator: Office, merchant: Actor) -> UUID:
    case = act(lead_case(), "ask", regulator.clerk)
    facade.answer(merchant, UUID(case.ref.id), text="订单由团长代收代付。", now=NOW)
    act(case, "confirm", regulator.clerk)
    return UUID(case.ref.id)


@pytest.mark.clause("E4.1e")
def test_what_leaves_by_every_outlet_in_reports_and_certificates_is_the_same_before_and_after_a_founded_lead(
    shop: Shop, regulator: Office, merchant: Actor, market: Office
) -> None:
    subject = shop.subject_id
    assert subject is not None
    before = {one.name: leaving(one, subject, NOW, market) for one in outlets_at(NOW)}
    assert before["public.shops"], "The firm has a licence that is public."
    founded(regulator, merchant)
    assert {one.name: leaving(one, subject, NOW, market) for one in outlets_at(NOW)} == before
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="filing"):
        assert {record.item_code for record in records.list_of_subject(subject)} == {"licence"}
    codes = [
        archives.make_report(merchant, now=NOW, address_of=str),
        archives.make_certificate(merchant, ("market",), years=3, now=NOW, address_of=str),
    ]
    for code in codes:
        said = archives.open_report(merchant, code, now=NOW).content.decode()
        assert [word for word in SAYS if word in said] == []


def test_no_view_of_leads_is_an_outlet_of_records() -> None:
    own = {view for view in views(get_resolver().url_patterns) if view.__module__.startswith("chengxin.leads")}
    assert {view.__name__ for view in own} == VIEWS
    assert {records.outlets_of(view) for view in own} == {()}
    assert [one.name for one in records.list_outlets() if "lead" in one.name] == []


def test_nothing_imports_leads_or_names_its_tables_but_what_wires_the_product_together() -> None:
    found = dict(sources())
    assert len(found) > 500
    importing = {
        place for place, text in found.items() if re.search(r"chengxin\.leads\b|chengxin import .*leads", text)
    }
    assert importing == MAY_IMPORT | MAY_HAND_IN
    called = {name for place in MAY_HAND_IN for name in re.findall(r"\bleads\.(\w+)", found[place])}
    assert called == HANDING_IN
    naming = {place for place, text in found.items() if re.search(r"leads_(lead|finding|ring|answer)\b", text)}
    assert naming == set()


@pytest.mark.django_db(transaction=False)
def test_no_key_no_view_no_function_no_policy_of_another_table_and_no_other_login_reaches_the_tables_of_leads() -> None:
    with superuser() as looking:
        ask = lambda text: {row[0] for row in looking.execute(text).fetchall()}  # noqa: E731 - one line each
        tables = ask("select oid from pg_class where relname ~ '^leads_' and relkind = 'r'")
        assert len(tables) == 4
        own = "select oid from pg_class where relname ~ '^leads_' and relkind = 'r'"
        assert ask(f"select conrelid from pg_constraint where confrelid in ({own})") <= tables
        assert ask("select viewname from pg_views where definition ~ 'leads_'") == set()
        assert ask("select matviewname from pg_matviews where definition ~ 'leads_'") == set()
        assert ask("select proname from pg_proc where prosrc ~ 'leads_(lead|finding|ring|answer)'") == set()
        said = "coalesce(qual, '') || coalesce(with_check, '') ~ 'leads_' and tablename !~ '^leads_'"
        assert ask(f"select policyname from pg_policies where {said}") == set()
        grants = "select grantee from information_schema.role_table_grants where table_name ~ '^leads_'"
        assert ask(grants) == {"chengxin_owner", "chengxin_app"}


def test_the_very_authority_that_found_it_sees_no_lead_when_it_decides_lists_measures_or_answers(
    sold: Sold, shop: Shop, regulator: Office, merchant: Actor
) -> None:
    founded(regulator, merchant)
    purposes = {one.code for one in access.list_purposes()} - HANDLING
    assert {"determination", "filing", "list_matching", "own_report", "credential", "list_keeping"} <= purposes
    for actor in (regulator.clerk, regulator.approver, sold.clerk, sold.office, ANYONE):
        for channel in set(Channel) - {Channel.SELF}:
            seen = {purpose for purpose in sorted(purposes) if rows_seen(actor, channel, purpose)}
            assert seen == set(), (actor.key, channel)
    assert rows_seen(regulator.clerk, Channel.BODY, "lead_handling") == 6


def rows_seen(actor: Actor, channel: Channel, purpose: str) -> int:
    """Return how many rows of leads somebody sees through a door for a purpose."""
    with access.acting_for(actor, channel=channel, purpose=purpose), connection.cursor() as cursor:
        cursor.execute(
            "select (select count(*) from leads_lead) + (select count(*) from leads_finding)"
            " + (select count(*) from leads_ring) + (select count(*) from leads_answer)"
        )
        return int(cursor.fetchone()[0])
