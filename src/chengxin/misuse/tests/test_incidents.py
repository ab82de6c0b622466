"""From a look to a finding: a sign, a case, an explanation, a person's decision, and the notice of PIPL 57."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from chengxin.access import facade as access
from chengxin.access.facade import acting_for
from chengxin.access.models import Restriction
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Ref
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, Role, platform
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.misuse import actions, facade, models, queries
from chengxin.misuse.contracts import MarkKind, SampleOutcome, Tempo
from chengxin.misuse.tests.conftest import LIN, NOW, actor_named, days_ago, strangers
from chengxin.notices.models import Notice

PERSON = Actor(key="account:lin", roles=frozenset({Role.CITIZEN}), subject_id=LIN)


def watch(tempo: Tempo = Tempo.FAST) -> int:
    return facade.watch(tempo=tempo, now=NOW + timedelta(minutes=1))


def alerts_of(staff):
    return facade.list_alerts(staff["auditor"], now=NOW)


def take(alert, verb, actor, reasons="因为"):
    return casework.carry_out(alert.case_id, verb=verb, actor=actor, now=NOW, reasons=reasons)


def caught(staff, look):
    """Three looks at one person without a case."""
    for days in (3, 2, 1):
        look(staff["wu"], at=days_ago(days))
    assert watch(Tempo.DAY) == 1
    return alerts_of(staff)[0]


@pytest.mark.clause("P4.1b")
def test_two_hundred_looks_in_five_minutes_raise_a_case_and_one_fewer_none(staff, look):
    people = strangers(200)
    for place, person in enumerate(people[:199]):
        look(staff["wu"], subject=person, at=NOW - timedelta(seconds=299 - place))
    assert watch() == 0
    look(staff["wu"], subject=people[199], at=NOW)
    assert watch() == 1
    alert = alerts_of(staff)[0]
    assert (alert.patterns, alert.looks, alert.persons, alert.case_state) == (("rate",), 200, 200, "alert")
    assert alert.body == "3901-SC"


def test_a_look_explained_by_an_open_case_of_ones_own_about_this_person_is_no_sign(staff, look):
    with acting_for(platform("test"), channel=Channel.JOB, purpose="case_handling"):
        case = casework.open_case(
            "misuse_incident",
            ref=Ref(kind="misuse_alert", id="x", subject_id=LIN),
            body="3901-SC",
            opened_by=platform("test"),
            now=days_ago(9),
        )
    for days in (3, 2, 1):
        look(staff["wu"], at=days_ago(days), reference=case.number)
    assert watch(Tempo.DAY) == 0
    for days in (3, 2, 1):  # The same number for somebody else is as good as none.
        look(staff["colleague"], at=days_ago(days), reference=case.number, subject=strangers(1)[0])
    other = strangers(1)[0]
    for days in (3, 2, 1):
        look(staff["colleague"], at=days_ago(days), reference=case.number, subject=other)
    assert watch(Tempo.DAY) == 1
    assert alerts_of(staff)[0].patterns == ("reference", "repeat")


def test_any_touch_of_a_canary_is_an_alert(staff, look):
    canary = strangers(1)[0]
    facade.declare(MarkKind.CANARY, [canary], actor=staff["auditor"], now=NOW)
    look(staff["colleague"])
    assert watch() == 0
    look(staff["wu"], subject=canary)
    assert watch() == 1
    assert alerts_of(staff)[0].patterns == ("canary",)


def test_a_declared_conflict_binds_its_declarer_only_and_names_nobody(staff, look, owner):
    facade.declare(MarkKind.CONFLICT, [LIN], actor=staff["wu"], now=NOW)
    look(staff["colleague"])
    assert watch() == 0
    look(staff["wu"])
    assert watch() == 1
    assert alerts_of(staff)[0].patterns == ("conflict",)
    columns = owner.execute(
        "select column_name::text from information_schema.columns where table_name = 'misuse_mark' order by 1"
    ).fetchall()
    assert [name for (name,) in columns] == ["created_at", "ended_at", "kind", "owner_key", "tag"]
    with acting_for(staff["auditor"], channel=Channel.OFFICE, purpose="misuse_handling"):
        assert models.Mark.objects.count() == 0
    assert queries.count_conflicts(staff["wu"]) == 1


def test_looking_at_oneself_with_a_staff_account_is_a_sign(staff, look):
    person = strangers(1)[0]
    own = access.open_account("wang", actor=platform("setup"), now=NOW, subject_id=person)
    access.give_post(own.id, body="3901-SC", role=Role.CLERK, actor=platform("setup"), now=NOW, starts_on=NOW.date())
    look(actor_named("wang"), subject=person)
    assert watch() == 1
    assert alerts_of(staff)[0].patterns == ("self",)


def test_more_of_the_same_joins_the_alert_that_stands(staff, look):
    caught(staff, look)
    assert watch(Tempo.DAY) == 0
    look(staff["wu"])
    assert watch(Tempo.DAY) == 0
    assert [alert.looks for alert in alerts_of(staff)] == [4]


@pytest.mark.clause("P4.1b")
def test_only_the_clerk_is_slowed_and_the_person_is_told_nothing_yet(staff, look):
    caught(staff, look)
    assert list(Restriction.objects.values_list("kind", "ordered_by")) == [("slow", "platform:misuse")]
    with acting_for(PERSON, channel=Channel.SELF, purpose="own_archive"):
        assert Notice.objects.count() == 0


@pytest.mark.clause("P4.1b")
def test_a_finding_is_made_by_two_people_after_hearing_and_tells_the_person_everything(staff, look):
    alert = caught(staff, look)
    take(alert, "ask", staff["auditor"])
    with pytest.raises(Refused, match="M-NOT-HEARD"):
        take(alert, "propose", staff["auditor"])
    facade.explain(alert.id, actor=staff["wu"], text="邻居托我问问。", now=NOW)
    take(alert, "propose", staff["auditor"])
    with pytest.raises(Refused, match="A-FOUR-EYES"):
        take(alert, "confirm", staff["auditor"])
    assert take(alert, "confirm", staff["auditor2"]).state == "confirmed"
    with acting_for(PERSON, channel=Channel.SELF, purpose="own_archive"):
        notice = Notice.objects.get()
    assert notice.text_code == "misuse_found"
    assert notice.parameters == {
        "number": alert.case_number,
        "body": "测试单位3901-SC",
        "day": "2026-02-27",
        "count": "3",
        "item": "姓名、证件号码等身份信息",
    }
    facade.appeal(alert.id, actor=staff["wu"], text="我不同意。", now=NOW)
    assert take(alert, "clear", staff["auditor2"]).state == "cleared"


def test_clearing_lifts_what_slowed_the_clerk(staff, look):
    alert = caught(staff, look)
    on = NOW.date()
    assert access.find_account("wu", on=on).slowed_to == 6
    take(alert, "clear", staff["auditor"])
    assert access.find_account("wu", on=on).slowed_to is None


@pytest.mark.clause("P4.1b")
def test_the_security_administrator_freezes_the_posts_for_a_time(staff, look):
    caught(staff, look)
    wu = access.find_account("wu", on=NOW.date())
    with pytest.raises(Refused, match="A-NO-RIGHT"):
        access.freeze_account(wu.id, days=3, actor=staff["auditor"], now=NOW, reasons="核查期间")
    with pytest.raises(Refused, match="A-FREEZE"):
        access.freeze_account(wu.id, days=16, actor=staff["security"], now=NOW, reasons="核查期间")
    access.freeze_account(wu.id, days=3, actor=staff["security"], now=NOW, reasons="核查期间")
    assert actor_named("wu").roles == {Role.PUBLIC}
    with simulated(NOW + timedelta(days=3)):
        assert actor_named("wu").roles == {Role.CLERK}


@pytest.mark.parametrize(
    ("kind", "ordered_by", "days"),
    [("freeze", "platform:misuse", 1), ("freeze", "account:x", 16), ("slow", "account:x", 2)],
)
def test_the_database_keeps_freezing_for_people_and_short(staff, kind, ordered_by, days):
    wu = access.find_account("wu", on=NOW.date())
    with pytest.raises(IntegrityError, match="access_restriction_kind"), transaction.atomic():
        Restriction.objects.create(
            id=wu.id,
            account_id=wu.id,
            kind=kind,
            per_minute=0 if kind == "freeze" else 6,
            starts_at=NOW,
            ends_at=NOW + timedelta(days=days),
            ordered_by=ordered_by,
            reasons="x",
            case_number="",
        )


def test_colleagues_and_outsiders_see_no_alert_and_the_clerk_only_ones_own(staff, look):
    alert = caught(staff, look)
    for name in ("colleague", "wu"):
        with pytest.raises(Refused):
            facade.list_alerts(staff[name], now=NOW)
    assert facade.list_own_alerts(staff["colleague"]) == []
    assert [one.id for one in facade.list_own_alerts(staff["wu"])] == [alert.id]
    with pytest.raises(Refused, match="ABSENT"):
        facade.explain(alert.id, actor=staff["colleague"], text="我来说明", now=NOW)
    with acting_for(staff["wu"], channel=Channel.BODY, purpose="misuse_handling"):
        assert models.Hit.objects.count() == 0


def test_explained_looks_are_drawn_by_lot_and_reviewed_by_another_unit(staff, look):
    for person in strangers(12):
        with acting_for(staff["wu"], channel=Channel.BODY, purpose="filing"):
            from chengxin.audit.contracts import Event, Kind
            from chengxin.audit.facade import record_event

            record_event(
                Event(
                    kind=Kind.DISCLOSE,
                    actor=staff["wu"],
                    at=days_ago(20),
                    purpose="filing",
                    channel=Channel.BODY,
                    subject_id=person,
                    reference="PS-1",
                )
            )
    month = days_ago(20).date().replace(day=1)
    drawn = facade.draw_sample(month, now=NOW)
    assert 5 <= drawn <= 8
    assert facade.draw_sample(month, now=NOW) == 0
    samples = facade.list_samples(staff["auditor"], now=NOW)
    assert {(one.body, one.reviewer_body) for one in samples} == {("3901-SC", "39-XY")}
    with pytest.raises(Refused, match="A-NO-RIGHT"):
        facade.review(samples[0].id, outcome=SampleOutcome.SOUND, reasons="有批次", actor=staff["wu"], now=NOW)
    facade.review(samples[0].id, outcome=SampleOutcome.SOUND, reasons="有批次", actor=staff["auditor"], now=NOW)
    with pytest.raises(Refused, match="ABSENT"):
        facade.review(samples[0].id, outcome=SampleOutcome.DOUBTFUL, reasons="改", actor=staff["auditor"], now=NOW)
    facade.review(
        samples[1].id, outcome=SampleOutcome.DOUBTFUL, reasons="批次里没有此人", actor=staff["auditor"], now=NOW
    )
    assert [alert.patterns for alert in alerts_of(staff)] == [("review",)]


def test_the_quarter_is_counted_in_public_and_names_nobody(staff, look):
    alert = caught(staff, look)
    facade.count_day(days_ago(1).date())
    facade.count_day(days_ago(1).date())
    take(alert, "clear", staff["auditor"])
    quarter = facade.list_quarters(today=NOW.date())[0]
    assert (quarter.looks, quarter.alerts, quarter.cleared, quarter.confirmed, quarter.pending) == (1, 1, 1, 0, 0)


def test_the_detection_reads_the_log_only_for_its_purpose(staff, look):
    look(staff["wu"])
    from chengxin.audit.models import Event

    with acting_for(platform("misuse"), channel=Channel.JOB, purpose="filing"):
        assert Event.objects.filter(kind="disclose").count() == 0
    with acting_for(staff["wu"], channel=Channel.BODY, purpose="misuse_detection"):
        assert Event.objects.filter(kind="disclose").count() == 0
    with acting_for(actions.DETECTOR, channel=Channel.JOB, purpose="misuse_detection"):
        assert Event.objects.filter(kind="disclose").count() == 1


def test_a_reviewer_never_stands_under_ones_own_look(staff):
    wu = access.find_account("wu", on=NOW.date())
    with (
        pytest.raises(IntegrityError, match="misuse_sample_not_own"),
        acting_for(actions.DETECTOR, channel=Channel.JOB, purpose="misuse_detection"),
    ):
        models.Sample.objects.create(
            id=wu.id,
            month=NOW.date(),
            event_id=LIN,
            clerk_key="account:a",
            body="3901-SC",
            area="3901",
            looked_at=NOW,
            purpose="filing",
            reference="PS-1",
            reviewer_body="39-XY",
            outcome="sound",
            reasons="x",
            reviewed_by="account:a",
            reviewed_at=NOW,
        )
