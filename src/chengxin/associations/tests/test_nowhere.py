"""No report, list, measure, outlet or usable reading reaches a member archive or an act of an association."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import get_resolver
from tests.proofs._world import superuser
from tests.test_outlets import leaving, outlets_at, views

from chengxin.access import facade as access
from chengxin.archives import facade as archives
from chengxin.associations.contracts import KEEPING, Member
from chengxin.associations.tests.conftest import NOTE, proposed
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.leads.tests.test_nowhere import sources
from chengxin.records import facade as records

MAY_IMPORT = {"site/urls.py", "site/settings.py"}
SAYS = (NOTE, "云汀电商协会", "H-7", "自律", "第十二条", "XA")


@pytest.mark.clause("P3.2c")
def test_what_leaves_by_every_outlet_and_in_papers_is_the_same_before_and_after_a_decided_act(
    club: Office, member: Member, firm: Actor, market: Office
) -> None:
    assert firm.subject_id is not None
    before = {one.name: leaving(one, firm.subject_id, NOW, market) for one in outlets_at(NOW)}
    assert before["public.subject"], "The firm has penalties that are public."
    act = proposed(club)
    casework.carry_out(
        act.case_id, verb="decide", actor=club.approver, now=NOW + timedelta(days=30), reasons="事实清楚。"
    )
    assert {one.name: leaving(one, firm.subject_id, NOW, market) for one in outlets_at(NOW)} == before
    for code in (
        archives.make_report(firm, now=NOW, address_of=str),
        archives.make_certificate(firm, ("market",), years=3, now=NOW, address_of=str),
    ):
        said = archives.open_report(firm, code, now=NOW).content.decode()
        assert [word for word in SAYS if word in said] == []


@pytest.mark.clause("P3.2c")
def test_nobody_but_the_association_and_the_member_sees_a_row_for_whatever_purpose(
    club: Office, member: Member, market: Office, officer: Actor, firm: Actor
) -> None:
    proposed(club)
    purposes = {one.code for one in access.list_purposes()}
    assert {"determination", "list_matching", "own_report", "statutory_query", KEEPING} <= purposes
    for actor in (market.clerk, market.approver, officer, ANYONE):
        for channel in set(Channel) - {Channel.SELF}:
            assert {one for one in sorted(purposes) if rows_seen(actor, channel, one)} == set(), (actor.key, channel)
    for purpose in sorted(purposes - {KEEPING}):
        assert rows_seen(club.clerk, Channel.BODY, purpose) == 0, purpose
    assert (rows_seen(club.clerk, Channel.BODY, KEEPING), rows_seen(firm, Channel.SELF, "own_archive")) == (2, 2)


@pytest.mark.clause("P3.2c")
@pytest.mark.django_db(transaction=False)
def test_no_outlet_import_key_view_function_or_policy_leads_to_the_tables_of_associations() -> None:
    own = {view for view in views(get_resolver().url_patterns) if view.__module__.startswith("chengxin.associations")}
    assert (len(own), {records.outlets_of(view) for view in own}) == (7, {()})
    found = {place: text for place, text in sources() if not place.startswith("associations/")}
    importing = {place for place, text in found.items() if re.search(r"chengxin\.associations\b", text)}
    assert importing == MAY_IMPORT
    assert {place for place, text in found.items() if re.search(r"associations_(member|act|charter)\b", text)} == set()
    with superuser() as looking:
        ask = lambda text: {row[0] for row in looking.execute(text).fetchall()}  # noqa: E731 - one line each
        tables = "select oid from pg_class where relname ~ '^associations_' and relkind = 'r'"
        assert len(ask(tables)) == 4
        assert ask(f"select conrelid from pg_constraint where confrelid in ({tables})") <= ask(tables)
        assert ask("select viewname from pg_views where definition ~ 'associations_'") == set()
        assert ask("select proname from pg_proc where prosrc ~ 'associations_'") == set()
        said = "coalesce(qual, '') || coalesce(with_check, '') ~ 'associations_' and tablename !~ '^associations_'"
        assert ask(f"select policyname from pg_policies where {said}") == set()


def rows_seen(actor: Actor, channel: Channel, purpose: str) -> int:
    """Return how many rows of members and acts somebody sees through a door for a purpose."""
    with access.acting_for(actor, channel=channel, purpose=purpose), connection.cursor() as cursor:
        cursor.execute("select (select count(*) from associations_member) + (select count(*) from associations_act)")
        return int(cursor.fetchone()[0])
