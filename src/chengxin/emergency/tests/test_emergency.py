"""Access in an emergency: two people, an hour, reading only, told at once, counted in public."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from chengxin.access import facade as access
from chengxin.access.contracts import ProofNeeded
from chengxin.access.tests.cast import open_body, open_staff, sign_in
from chengxin.archives.tests.programs import mark
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Kind
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.emergency import facade, models
from chengxin.emergency.actions import PURPOSE
from chengxin.emergency.contracts import Access
from chengxin.emergency.tests.conftest import People, actor_named
from chengxin.intake.tests.conftest import Office
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused
from chengxin.kernel.tests.numbers import id_no
from chengxin.notices import facade as notices
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind

pytestmark = pytest.mark.django_db
LIN_NO = "390101199001010017"
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def asked(people: People, *items: str) -> Access:
    return facade.ask(
        people.officer,
        id_no=LIN_NO,
        items=items or ("penalty",),
        matter="急2026-1",
        reasons="当事人失联，有生命危险。",
        now=now(),
    )


def confirm(found: Access, *, by: Actor, at: datetime | None = None) -> None:
    casework.carry_out(
        found.case_id, verb="confirm", actor=by, now=at or now(), reasons=f"已电话核实，情况属实（{found.number}）。"
    )


def looks_of(lin: Actor) -> list[tuple[str, str, str, str]]:
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        assert lin.subject_id is not None
        found = audit.list_looks(lin.subject_id)
        return [(look.kind, look.body, look.purpose, look.reference) for look in found if look.body == "YTJY"]


def told(lin: Actor) -> list[str]:
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        return [one.kind for one in notices.list_for(lin) if one.kind.startswith("emergency")]


def test_redline_23_nothing_opens_before_a_second_person_of_another_post_confirms(lin: Actor, people: People) -> None:
    found = asked(people)
    with pytest.raises(Refused) as refused:
        facade.open_records(people.officer, found.id, now=now())
    assert refused.value.refusal.code == "EM-WAITING"
    assert [one for one in looks_of(lin) if one[0] == Kind.EMERGENCY] == told(lin) == []
    with pytest.raises(Refused):
        confirm(found, by=people.officer)
    confirm(found, by=people.auditor)
    running, lines = facade.open_records(people.officer, found.id, now=now())
    assert running.ends_at is not None
    assert running.confirmed_at is not None
    assert running.ends_at - running.confirmed_at == timedelta(minutes=60)
    assert [line.item_code for line in lines] == ["penalty"]


def test_redline_23_the_person_is_told_at_once_and_sees_each_look_with_its_kind(lin: Actor, people: People) -> None:
    found = asked(people)
    confirm(found, by=people.auditor)
    facade.open_records(people.officer, found.id, now=now())
    facade.open_records(people.officer, found.id, now=now())
    assert told(lin) == ["emergency_opened"]
    looks = [one for one in looks_of(lin) if one[0] == Kind.EMERGENCY]
    assert looks == [(Kind.EMERGENCY, "YTJY", PURPOSE, found.number)] * 2


def test_only_the_items_that_were_named_open(lin: Actor, people: People) -> None:
    found = asked(people, "licence")
    confirm(found, by=people.auditor)
    assert facade.open_records(people.officer, found.id, now=now())[1] == []


def test_each_access_opens_its_own_and_no_other(lin: Actor, people: People) -> None:
    waiting, confirmed = asked(people, "licence"), asked(people)
    confirm(confirmed, by=people.auditor)
    with pytest.raises(Refused) as refused:
        facade.open_records(people.officer, waiting.id, now=now())
    assert refused.value.refusal.code == "EM-WAITING"
    opened, lines = facade.open_records(people.officer, confirmed.id, now=now())
    assert (opened.id, [line.item_code for line in lines]) == (confirmed.id, ["penalty"])


def test_redline_13_what_is_frozen_opens_in_no_emergency_either(lin: Actor, people: People, market: Office) -> None:
    found = asked(people)
    confirm(found, by=people.auditor)
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
        (line,) = records.list_of_subject(found.subject_id)
    mark(market, (found.subject_id, line.record_id), MarkKind.FROZEN, now=now())
    assert facade.open_records(people.officer, found.id, now=now())[1] == []


def test_redline_23_who_is_the_only_auditor_confirms_nothing_for_themselves(lin: Actor) -> None:
    open_body("YTJY", area="390100")
    open_staff("alone", Role.CASE_OFFICER, Role.AUDIT_ADMIN, body="YTJY")
    with pytest.raises(Refused) as refused:
        facade.ask(
            actor_named("alone"), id_no=LIN_NO, items=["penalty"], matter="急2026-1", reasons="有危险。", now=now()
        )
    assert refused.value.refusal.code == "EM-ALONE"
    assert facade.list_asked(actor_named("alone"), now=now()) == []


def test_it_ends_by_itself(lin: Actor, people: People) -> None:
    found = asked(people)
    confirm(found, by=people.auditor, at=now() - timedelta(minutes=61))
    with pytest.raises(Refused) as refused:
        facade.open_records(people.officer, found.id, now=now())
    assert refused.value.refusal.code == "EM-OVER"


def in_query(people: People, found: Access, *, by: Actor | None = None):
    """Open the context an access is used in, whoever takes it."""
    actor = by or people.officer
    return access.acting_for(
        actor, channel=Channel.QUERY, purpose=PURPOSE, case_ref=str(found.id), attended_id=found.subject_id
    )


def test_the_database_shows_records_to_nobody_else_and_not_after_the_end(lin: Actor, people: People) -> None:
    found = asked(people)
    with in_query(people, found):
        assert records.list_of_subject(found.subject_id) == []
    confirm(found, by=people.auditor)
    facade.open_records(people.officer, found.id, now=now())
    with in_query(people, found):
        assert len(records.list_of_subject(found.subject_id)) == 1
    for other in (people.outsider, people.auditor):
        with in_query(people, found, by=other):
            assert records.list_of_subject(found.subject_id) == []
    late = asked(people)
    confirm(late, by=people.auditor, at=now() - timedelta(minutes=61))
    with access.acting_for(people.officer, channel=Channel.OFFICE, purpose=PURPOSE):
        models.Access.objects.filter(id=late.id).update(opened_at=now())
    with in_query(people, late):
        assert records.list_of_subject(late.subject_id) == []


def test_redline_23_it_never_writes(lin: Actor, people: People) -> None:
    found = asked(people)
    confirm(found, by=people.auditor)
    facade.open_records(people.officer, found.id, now=now())

    def change(statement: str) -> int:
        """Return how many rows a statement changed, none where it is not even allowed."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [found.subject_id])
                return cursor.rowcount
        except DatabaseError:
            return 0

    with in_query(people, found):
        assert len(records.list_of_subject(found.subject_id)) == 1
        assert change("update records_version set superseded_at = now() where subject_id = %s") == 0
        assert change("update subjects_subject set status = 'deceased' where id = %s") == 0
        assert change("update emergency_access set opened_at = null where subject_id = %s") == 0
        (line,) = records.list_of_subject(found.subject_id)
        with pytest.raises((DatabaseError, Refused)), transaction.atomic():
            records.mark(
                subject_id=found.subject_id,
                record_id=line.record_id,
                kind=MarkKind.FROZEN,
                reason="试验",
                reference="T-1",
                actor=people.officer,
                now=now(),
            )
        assert len(records.list_of_subject(found.subject_id)) == 1


def test_the_database_takes_no_confirmation_by_who_asked(lin: Actor, people: People) -> None:
    found = asked(people)
    both = replace(people.officer, roles=people.officer.roles | people.auditor.roles)
    with access.acting_for(both, channel=Channel.OFFICE, purpose=PURPOSE):
        mine = models.Access.objects.filter(id=found.id)
        assert mine.update(confirmed_by=both.key, confirmed_at=now(), ends_at=now() + timedelta(minutes=5)) == 0
    with access.acting_for(people.auditor, channel=Channel.OFFICE, purpose=PURPOSE):
        row = models.Access.objects.filter(id=found.id)
        with pytest.raises(IntegrityError, match="emergency_access_two"), transaction.atomic():
            row.update(confirmed_by=people.auditor.key, confirmed_at=now(), ends_at=now() + timedelta(hours=2))


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"asked_by": "account:b"}, "emergency_access_two"),
        ({"asked_by": "platform:setup"}, "emergency_access_two"),
        ({"confirmed_by": "platform:setup"}, "emergency_access_two"),
        ({"ends_at": NOW}, "emergency_access_two"),
        ({"ends_at": NOW + timedelta(minutes=61)}, "emergency_access_two"),
        ({"refused_at": NOW}, "emergency_access_two"),
        ({"confirmed_by": "", "confirmed_at": None, "ends_at": None, "opened_at": NOW}, "emergency_access_two"),
        ({"reasons": ""}, "emergency_access_why"),
        ({"matter": ""}, "emergency_access_why"),
        ({"items": []}, "emergency_access_what"),
    ],
)
def test_the_table_keeps_no_access_by_one_person_for_longer_or_without_words(
    owner: psycopg.Connection[Any], changed: dict[str, Any], constraint: str
) -> None:
    row = {
        "id": UUID(int=7),
        "number": "X",
        "case_id": UUID(int=8),
        "subject_id": UUID(int=9),
        "body": "YTJY",
        "area": "39",
        "confirming_body": "39-SJ",
        "items": ["penalty"],
        "matter": "x",
        "reasons": "x",
        "asked_by": "account:a",
        "asked_at": NOW,
        "confirmed_by": "account:b",
        "confirmed_at": NOW,
        "ends_at": NOW + timedelta(minutes=60),
        **changed,
    }
    owner.execute("alter table emergency_access no force row level security")
    places = ", ".join(["%s"] * len(row))
    with pytest.raises(psycopg.errors.CheckViolation, match=constraint):
        owner.execute(f"insert into emergency_access ({', '.join(row)}) values ({places})", [*row.values()])


def test_the_database_moves_no_moment_of_what_was_confirmed(lin: Actor, people: People) -> None:
    found = asked(people)
    confirm(found, by=people.auditor)
    later = now() + timedelta(days=30)
    with access.acting_for(people.officer, channel=Channel.OFFICE, purpose=PURPOSE):
        mine = models.Access.objects.filter(id=found.id)
        for moved in (
            {"confirmed_at": later, "ends_at": later + timedelta(hours=1)},
            {"ends_at": now() + timedelta(minutes=1)},
            {"confirmed_by": people.outsider.key},
        ):
            with pytest.raises(ProgrammingError, match="What was confirmed does not change"), transaction.atomic():
                mine.update(opened_at=now(), **moved)


def test_the_database_lets_whoever_confirms_open_nothing(lin: Actor, people: People) -> None:
    found = asked(people)
    told_before = {"confirmed_at": now(), "ends_at": now() + timedelta(hours=1)}
    with access.acting_for(people.auditor, channel=Channel.OFFICE, purpose=PURPOSE):
        row = models.Access.objects.filter(id=found.id)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            row.update(confirmed_by=people.auditor.key, opened_at=now(), **told_before)


def test_nothing_opens_before_the_moment_of_the_confirmation(lin: Actor, people: People) -> None:
    found = asked(people)
    confirm(found, by=people.auditor, at=now() + timedelta(minutes=10))
    with pytest.raises(Refused):
        facade.open_records(people.officer, found.id, now=now())
    with access.acting_for(people.officer, channel=Channel.OFFICE, purpose=PURPOSE):
        assert models.Access.objects.filter(id=found.id).update(opened_at=now()) == 1
    with in_query(people, found):
        assert records.list_of_subject(found.subject_id) == []


def test_a_refused_one_never_opens(lin: Actor, people: People) -> None:
    found = asked(people)
    casework.carry_out(found.case_id, verb="refuse", actor=people.auditor, now=now(), reasons="没有紧急情况。")
    with pytest.raises(Refused) as refused:
        facade.open_records(people.officer, found.id, now=now())
    assert refused.value.refusal.code == "EM-WAITING"
    assert told(lin) == []


def test_asking_opening_and_confirming_each_want_a_fresh_proof(lin: Actor, people: People) -> None:
    found = asked(people)
    tired = replace(people.officer, owes_proof=True)
    with pytest.raises(ProofNeeded):
        facade.ask(tired, id_no=LIN_NO, items=["penalty"], matter="急2026-2", reasons="有生命危险。", now=now())
    with pytest.raises(ProofNeeded):
        facade.list_asked(tired, now=now())
    with pytest.raises(ProofNeeded):
        confirm(found, by=replace(people.auditor, owes_proof=True))
    confirm(found, by=people.auditor)
    with pytest.raises(ProofNeeded):
        facade.open_records(tired, found.id, now=now())


def test_another_officer_cannot_use_it(lin: Actor, people: People) -> None:
    found = asked(people)
    confirm(found, by=people.auditor)
    with pytest.raises(Refused) as refused:
        facade.open_records(people.outsider, found.id, now=now())
    assert refused.value.refusal.code == "ABSENT"


def test_a_colleague_of_the_same_body_uses_it_as_little(lin: Actor, people: People) -> None:
    open_staff("colleague", Role.CASE_OFFICER, body="YTJY")
    colleague = actor_named("colleague")
    found = asked(people)
    confirm(found, by=people.auditor)
    with pytest.raises(Refused, match="ABSENT"):
        facade.open_records(colleague, found.id, now=now())
    with access.acting_for(colleague, channel=Channel.OFFICE, purpose=PURPOSE):
        assert models.Access.objects.filter(id=found.id).update(opened_at=now()) == 0
    facade.open_records(people.officer, found.id, now=now())
    with in_query(people, found, by=colleague):
        assert records.list_of_subject(found.subject_id) == []


def test_the_pages_run_and_the_public_counts_name_nobody(lin: Actor, people: People) -> None:
    desk = sign_in("officer")
    first = desk.get("/office/emergency").content.decode()
    assert "您没有提出过紧急访问" in first
    groups = re.findall(r'<details class="details"( open)?><summary><span>([^<]+)', first)
    assert ("", "行政管理信息") in groups
    assert not any(is_open for is_open, _title in groups)
    wrong = desk.post("/office/emergency", {"items": ["penalty"]}).content.decode()
    assert '<details class="details" open><summary><span>行政管理信息' in wrong
    form = {"id_no": LIN_NO, "items": ["penalty"], "matter": "急2026-1", "reasons": "有生命危险。"}
    assert desk.post("/office/emergency", form | {"id_no": "1"}).status_code == 422
    assert desk.post("/office/emergency", form).status_code == 302
    (row,) = facade.list_asked(people.officer, now=now())
    assert "待另一岗位确认" in desk.get("/office/emergency").content.decode()
    confirm(row, by=people.auditor)
    page = desk.post(f"/office/emergency/{row.id}").content.decode()
    assert "本人已经收到通知" in page
    assert LIN_NO not in page
    assert sign_in("sj-audit").get("/office/emergency").status_code == 403
    (count,) = facade.count_quarters()
    assert (count.asked, count.confirmed, count.opened) == (1, 1, 1)
    public = desk.get("/openness/emergency").content.decode()
    assert count.quarter in public
    assert "YTJY" not in public


def test_a_number_the_platform_does_not_hold_opens_no_case(people: People) -> None:
    unknown = id_no("39010119900101777")
    with pytest.raises(Refused) as refused:
        facade.ask(people.officer, id_no=unknown, items=["penalty"], matter="x", reasons="x", now=now())
    assert refused.value.refusal.code == "EM-NOBODY"
    assert facade.list_asked(people.officer, now=now()) == []
