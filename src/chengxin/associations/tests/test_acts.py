"""An association acts by its charter alone: told, heard, decided by another, looked at by a third."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.archives.tests.conftest import citizen
from chengxin.associations import facade
from chengxin.associations.contracts import KEEPING, Member
from chengxin.associations.tests.conftest import FIRM, NOTE, proposed
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.retention.tests.test_retention import swept

WEEK = NOW + timedelta(days=8)


def code(act: object) -> str:
    with pytest.raises(Refused) as refused:
        act()  # type: ignore[operator]
    return refused.value.refusal.code


def take(case: object, verb: str, actor: Actor, *, at: object = WEEK) -> str:
    return casework.carry_out(case, verb=verb, actor=actor, now=at, reasons="事实清楚。").state  # type: ignore[arg-type]


@pytest.mark.clause("P5.2e")
def test_an_act_without_an_article_of_the_charter_a_member_or_reasons_is_refused(club: Office, member: Member) -> None:
    assert code(lambda: proposed(club, article="")) == "AS-ARTICLE"
    assert code(lambda: proposed(club, article="第十三条")) == "AS-ARTICLE"
    assert code(lambda: proposed(club, member="H-8")) == "AS-NO-MEMBER"
    assert code(lambda: proposed(club, kind="penalty")) == "AS-KIND"
    assert code(lambda: proposed(club, reasons=" ")) == "AS-REASONS"
    facade.end_membership(club.clerk, "H-7", now=NOW)
    assert code(lambda: proposed(club)) == "AS-NO-MEMBER"
    assert facade.list_acts(club.clerk) == []
    assert (
        code(lambda: facade.file_charter(club.clerk, "没有条款", adopted_on=date(2026, 1, 1), now=NOW)) == "AS-CHARTER"
    )


@pytest.mark.clause("P5.2e")
def test_a_member_is_told_and_heard_another_decides_and_a_third_lifts_it(
    club: Office, member: Member, firm: Actor, third: Actor
) -> None:
    act = proposed(club)
    assert code(lambda: take(act.case_id, "decide", club.approver, at=NOW)) != ""  # Nobody was heard yet.
    assert facade.get_own(firm, act.number)[0].holds is False
    with simulated(NOW):
        own = sign_in("firm")
        page = own.get(f"/me/associations/{act.number}").content.decode()
        assert ("警示" in page, "第十二条" in page, "云汀电商协会" in page) == (True, True, True)
        assert own.post(f"/me/associations/{act.number}", {"words": "广告已经撤下。"}).status_code == 302
    assert facade.get_own(firm, act.number)[1].state == "stated"
    assert take(act.case_id, "decide", club.approver) == "decided"
    assert facade.get_own(firm, act.number)[0].holds is True
    with simulated(WEEK):
        own = sign_in("firm")
        assert own.post(f"/me/associations/{act.number}", {"words": "没有考虑已经改正。"}).status_code == 302
    assert code(lambda: take(act.case_id, "uphold", club.approver)) == "AS-SAME-HAND"
    assert code(lambda: take(act.case_id, "lift", club.clerk)) == "AS-SAME-HAND"
    assert take(act.case_id, "lift", third) == "lifted"
    (shown,) = facade.list_own(firm)[1]
    assert (shown.holds, shown.lifted_on) == (False, WEEK.date())


@pytest.mark.clause("P5.2e")
def test_an_expulsion_ends_the_membership_when_it_is_decided(club: Office, member: Member) -> None:
    act = proposed(club, kind="expulsion")
    assert facade.list_members(club.clerk)[0].left_on is None
    assert take(act.case_id, "decide", club.approver, at=NOW + timedelta(days=30)) == "decided"
    assert facade.list_members(club.clerk)[0].left_on == date(2026, 12, 23)


@pytest.mark.clause("P3.2c")
def test_only_a_registered_association_keeps_members_and_only_operators_are_members(
    club: Office, market: Office, member: Member
) -> None:
    joined = date(2025, 4, 1)
    enrol = lambda actor, uscc: facade.enrol(actor, uscc=uscc, number="H-9", joined_on=joined, now=NOW)  # noqa: E731
    assert code(lambda: enrol(market.clerk, FIRM)) == "AS-NOT-REGISTERED"
    assert code(lambda: enrol(club.clerk, "390101199001010017")) == "AS-OPERATOR"
    assert code(lambda: enrol(club.clerk, FIRM)) == "AS-MEMBER"
    assert code(lambda: facade.register("YTSJ", actor=club.clerk, now=NOW)) == "A-NO-RIGHT"
    person = citizen("lin", "390101199001010017")
    insert = (
        "insert into associations_member (id, association, subject_id, number, name, joined_on, filed_by)"
        " values (gen_random_uuid(), 'XHXH', %s, 'H-10', 'x', '2025-04-01', %s)"
    )
    values = [person.subject_id, club.clerk.key]
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        access.acting_for(club.clerk, channel=Channel.BODY, purpose=KEEPING),
        connection.cursor() as cursor,
    ):
        cursor.execute(insert, values)
    with simulated(NOW):
        page = sign_in("xhxh-clerk").get("/asc/members").content.decode()
    assert ("云汀禾木商贸有限公司" in page, "H-7" in page, "H-10" in page) == (True, True, False)


@pytest.mark.clause("P5.2e")
def test_the_reasons_of_an_act_end_two_years_after_its_member_left_and_are_never_rewritten(
    club: Office, member: Member, firm: Actor
) -> None:
    act = proposed(club)
    left = NOW + timedelta(days=30)
    assert take(act.case_id, "decide", club.approver, at=left) == "decided"
    for actor, purpose, channel in (
        (club.clerk, KEEPING, Channel.BODY),
        (platform("retention"), "retention", Channel.JOB),
    ):
        with (
            access.acting_for(actor, channel=channel, purpose=purpose),
            pytest.raises(DatabaseError, match="stay as they were written") if actor == club.clerk else nullcontext(),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("update associations_act set reasons = '', emptied_at = now()")
            assert cursor.rowcount == 0  # A member's act is none of the sweep's business.
    facade.end_membership(club.clerk, "H-7", now=left)
    over = datetime(2028, 12, 24, 2, tzinfo=UTC)  # Left on 23 December 2026.
    assert swept("association_act", over - timedelta(days=1)) == 0
    assert facade.list_acts(club.clerk)[0].reasons == NOTE
    assert swept("association_act", over) == 1
    assert swept("association_act", over) == 0
    (kept,) = facade.list_own(firm)[1]
    assert (kept.reasons, kept.number, kept.article, kept.decided_on) == ("", act.number, "第十二条", left.date())
    with (
        access.acting_for(platform("retention"), channel=Channel.JOB, purpose="retention"),
        pytest.raises(DatabaseError, match="stay as they were written"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("update associations_act set reasons = '别的', emptied_at = null")
