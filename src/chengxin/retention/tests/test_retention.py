"""What is kept past its period is destroyed by itself, with its key, once, and written down; nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.test import Client
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.access import facade as access
from chengxin.amendments import facade as amendments
from chengxin.amendments.contracts import HiddenBecause
from chengxin.amendments.models import Comment
from chengxin.amendments.tests.conftest import opened
from chengxin.archives.tests.conftest import sign_in
from chengxin.audit.models import Event
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Ref
from chengxin.casework.models import Step
from chengxin.casework.registry import more_procedures
from chengxin.complaints import facade as complaints
from chengxin.complaints.tests.conftest import TEXT, WHO, report
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, SETUP, Office
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refused
from chengxin.law import facade as law
from chengxin.objections.tests.conftest import PNG, Photo, officer
from chengxin.records import facade as records
from chengxin.records.models import RecordVersion, Statement
from chengxin.retention import facade
from chengxin.retention.actions import SWEEPER
from chengxin.retention.registry import read_rules
from chengxin.retention.rules import newest_ended_start, newest_start

DAY = timedelta(days=1)
YEAR_LATER = datetime(2027, 11, 24, 2, 0, tzinfo=UTC)  # Twelve months from 23 November 2026 end with that day.
LONG_AFTER = datetime(2028, 12, 30, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def empty_lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every kind is swept here, results of the lake too: not those of whoever runs the tests."""
    monkeypatch.setenv("CHENGXIN_LAKE", str(tmp_path / "lake"))


def kept_files() -> set[str]:
    return {path.name for path in Path(django_settings.FILES_ROOT).glob("??/*") if len(path.name) == 32}


def closed_tip(city: Actor) -> str:
    """Report with a name and a paper, close it, and return the code."""
    received = report(**WHO)
    (tip,) = [one for one in complaints.list_of_office(city) if one.number == received.number]
    complaints.answer(
        city, tip.id, text="不属于本平台，请向网信部门举报。", verb="send_elsewhere", reasons="无关。", now=NOW
    )
    return received.code


def swept(kind: str, now: datetime) -> int:
    rules = [rule for rule in facade.list_rules() if rule.kind == kind]
    return facade.sweep(now=now, rules=rules)[kind]


@pytest.mark.clause("P4.1b")
def test_a_tip_is_destroyed_with_its_keys_when_its_period_ends_and_not_a_day_before(offices: dict[str, Actor]) -> None:
    code = closed_tip(offices["city"])
    assert len(kept_files()) == 4  # The text, the paper, the identity and the answer.
    assert swept("tip", YEAR_LATER - DAY) == 0
    assert len(kept_files()) == 4
    assert swept("tip", YEAR_LATER) == 1
    assert kept_files() == set()
    with pytest.raises(Refused) as refused:
        complaints.get_by_code(code)
    assert refused.value.refusal.code == "TIP-CODE"
    (tip,) = complaints.list_of_office(offices["city"])
    assert (tip.state, tip.is_named, tip.destroyed_at) == ("elsewhere", False, YEAR_LATER)
    assert swept("tip", YEAR_LATER + DAY) == 0
    assert complaints.list_quarters(today=date(2026, 11, 30))[0].received == 1
    assert TEXT not in str(tip)


def test_an_open_tip_is_never_destroyed(offices: dict[str, Actor]) -> None:
    report()
    assert swept("tip", LONG_AFTER) == 0
    assert len(kept_files()) == 2
    assert len(offices) == 3


def test_a_file_that_something_else_still_holds_stays(offices: dict[str, Actor]) -> None:
    closed_tip(offices["city"])
    (paper,) = casework.keep_papers([Photo(PNG + bytes([0]))])  # The same bytes as the evidence of the tip.
    assert paper in kept_files()
    with access.acting_for(SETUP, channel=Channel.JOB, purpose="filing"):
        case = casework.open_case(
            "tip",
            ref=Ref(kind="tip", id="1"),
            body="YTXY",
            opened_by=SETUP,
            evidence=(paper,),
            now=NOW,
        )
    assert swept("tip", YEAR_LATER) == 1
    assert kept_files() == {paper}
    assert not case.is_closed


def test_papers_of_a_case_end_three_years_after_it_was_closed(offices: dict[str, Actor], settings: object) -> None:
    settings.LAW_PACK = "national"  # type: ignore[attr-defined]  # The other pack ends before.
    (paper,), city = casework.keep_papers([Photo()]), offices["city"]
    with more_procedures(Path(__file__).parent / "procedures"):
        with access.acting_for(city, channel=Channel.OFFICE, purpose="case_handling"):
            case = casework.open_case(
                "kept_paper", ref=Ref(kind="thing", id="1"), body="YTXY", opened_by=city, evidence=(paper,), now=NOW
            )
        assert swept("case_paper", LONG_AFTER) == 0
        casework.carry_out(case.id, verb="end", actor=city, now=NOW, note="请小王留意。")
    assert swept("case_paper", datetime(2029, 11, 23, 2, tzinfo=UTC)) == 0
    assert (kept_files(), notes_of(city)) == ({paper}, ["", "请小王留意。"])
    with access.acting_for(city, channel=Channel.OFFICE, purpose="case_handling"):
        assert Step.objects.update(note="") == 0  # No policy lets anybody but the sweep.
    assert swept("case_paper", datetime(2029, 11, 24, 2, tzinfo=UTC)) == 1
    assert (kept_files(), notes_of(city)) == (set(), ["", ""])


def notes_of(city: Actor) -> list[str]:
    with access.acting_for(city, channel=Channel.OFFICE, purpose="case_handling"):
        return list(Step.objects.order_by("place").values_list("note", flat=True))


@pytest.mark.clause("P4.1b")
def test_each_destruction_is_an_event_and_stands_in_the_list_for_oversight(offices: dict[str, Actor]) -> None:
    closed_tip(offices["city"])
    facade.sweep(now=YEAR_LATER)
    auditor = officer("sx-audit", "YTSX", Role.AUDIT_ADMIN)
    found, total = facade.list_destroyed(auditor, now=YEAR_LATER, limit=10)
    assert (total, found[0].kind, found[0].files, found[0].destroyed_at) == (1, "tip", 4, YEAR_LATER)
    with access.acting_for(auditor, channel=Channel.OFFICE, purpose="audit"):
        events = Event.objects.filter(reference=found[0].reference, categories=["retention.tip"])
        assert [(one.kind, one.actor_key) for one in events] == [("erase", SWEEPER.key)]
    for actor in (offices["city"], offices["reported"]):
        if not actor.has(Role.AUDIT_ADMIN):
            with pytest.raises(Refused):
                facade.list_destroyed(actor, now=YEAR_LATER, limit=10)


def test_a_kind_whose_law_has_expired_does_not_keep_the_others(lin: Actor) -> None:
    with pytest.raises(law.PackExpired):
        facade.sweep(now=datetime(2060, 1, 1, tzinfo=UTC))
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        assert RecordVersion.objects.get(subject_id=lin.subject_id).sealed is None


@pytest.mark.clause("P4.1b")
def test_a_record_past_its_retention_is_emptied_in_every_version(lin: Actor) -> None:
    facade.sweep(now=NOW)
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        (before,) = RecordVersion.objects.filter(subject_id=lin.subject_id)
        assert before.sealed is not None
        assert before.retain_until is not None
    last_day = (
        datetime(before.retain_until.year, before.retain_until.month, before.retain_until.day, 2, tzinfo=UTC) - DAY
    )
    said_of(lin, before)
    assert swept("record", last_day) == 0
    assert words_of(lin) == [(b"sealed", None)]
    assert swept("record", last_day + DAY) >= 1
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        (after,) = RecordVersion.objects.filter(subject_id=lin.subject_id)
    assert (after.sealed, after.content, after.record_id) == (None, {}, before.record_id)
    assert after.content_digest == before.content_digest
    assert words_of(lin) == [(None, last_day + DAY)]


@pytest.mark.parametrize("change", ["sealed = null, ended_at = now()", "sealed = '\\x00'", "text = 'x', sealed = null"])
def test_what_a_subject_said_stays_as_it_is_while_its_record_says_something(lin: Actor, change: str) -> None:
    facade.sweep(now=NOW)
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        (record,) = RecordVersion.objects.filter(subject_id=lin.subject_id)
    said_of(lin, record)
    for actor, channel, purpose in (
        (lin, Channel.SELF, "own_archive"),
        (SWEEPER, Channel.JOB, "retention"),
        (SWEEPER, Channel.JOB, "correction"),
    ):
        with (
            suppress(IntegrityError, ProgrammingError),
            access.acting_for(actor, channel=channel, purpose=purpose),
        ):
            assert changed_rows(f"update records_statement set {change}") == 0
    assert words_of(lin) == [(b"sealed", None)]


def said_of(lin: Actor, record: RecordVersion) -> None:
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        records.state_own_view(
            statement_id=new_id(NOW),
            subject_id=record.subject_id,
            record_id=record.record_id,
            sealed=b"sealed",
            actor=lin,
            now=NOW,
        )


def words_of(lin: Actor) -> list[tuple[bytes | None, datetime | None]]:
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        rows = Statement.objects.filter(subject_id=lin.subject_id)
        return [(bytes(row.sealed) if row.sealed else None, row.ended_at) for row in rows]


def changed_rows(statement: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


@pytest.mark.parametrize("change", ["content = '{}', sealed = null", "document_key = 'x'", "sealed = '\\x00'"])
def test_nobody_else_changes_what_a_version_says(lin: Actor, market: Office, change: str) -> None:
    for actor, channel, purpose in (
        (market.clerk, Channel.INTAKE, "filing"),
        (SETUP, Channel.JOB, "filing"),
        (SWEEPER, Channel.JOB, "correction"),
    ):
        with suppress(IntegrityError), access.acting_for(actor, channel=channel, purpose=purpose):
            assert changed_rows(f"update records_version set {change}") == 0
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        (row,) = RecordVersion.objects.filter(subject_id=lin.subject_id)
    assert row.sealed is not None


@pytest.mark.parametrize("change", ["sealed = '\\x00'", "document_key = 'x'", "superseded_at = now()"])
def test_the_sweep_itself_empties_a_version_and_writes_nothing_into_it(lin: Actor, change: str) -> None:
    facade.sweep(now=NOW)  # From here on the version has a last day of retention.
    with (
        suppress(IntegrityError, ProgrammingError),
        access.acting_for(SWEEPER, channel=Channel.JOB, purpose="retention"),
    ):
        assert changed_rows(f"update records_version set {change}") == 0
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        (row,) = RecordVersion.objects.filter(subject_id=lin.subject_id)
    assert (row.sealed != b"\x00", row.document_key != "x", row.superseded_at) == (True, True, None)


def test_an_uploaded_file_ends_a_year_after_it_was_accepted_and_its_records_stay(lin: Actor) -> None:
    (upload,) = kept_files()
    assert swept("upload", YEAR_LATER - DAY) == 0
    assert swept("upload", YEAR_LATER) == 1
    assert upload not in kept_files()
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        assert RecordVersion.objects.filter(subject_id=lin.subject_id, sealed__isnull=False).count() == 1


def test_words_that_were_not_published_end_half_a_year_after_the_decision(keepers: tuple[Actor, Actor]) -> None:
    first = keepers[0]
    found = opened(first)
    for minute, text in enumerate(("某某某住在某处。", "同意。")):
        amendments.comment("honour", 1, text=text, name="老陈", now=NOW + timedelta(minutes=minute))
    hidden, shown = amendments.list_comments(first, found)
    amendments.hide_comment(first, found.id, hidden.id, because=HiddenBecause.PERSONAL, reasons="写了住址", now=NOW)
    amendments.publish_comment(first, found.id, shown.id, now=NOW)
    assert swept("comment", LONG_AFTER) == 0
    casework.carry_out(found.case_id, verb="withdraw", actor=first, now=NOW, reasons="另行研究。")
    assert swept("comment", datetime(2027, 5, 23, 2, tzinfo=UTC)) == 0
    assert swept("comment", datetime(2027, 5, 24, 2, tzinfo=UTC)) == 1
    with access.acting_for(first, channel=Channel.OFFICE, purpose="catalogue_change"):
        assert set(Comment.objects.values_list("text", "name")) == {("", ""), ("同意。", "老陈")}
    assert amendments.count_hidden(found) == {"personal": 1}


@pytest.mark.parametrize(
    ("key", "on", "started"),
    [
        ("tip.retention", date(2027, 11, 24), date(2026, 11, 23)),
        ("tip.retention", date(2027, 11, 23), date(2026, 11, 22)),
        ("paper.retention", date(2028, 3, 1), date(2025, 2, 28)),
    ],
)
def test_a_period_ends_with_its_last_day(key: str, on: date, started: date) -> None:
    assert newest_ended_start(key, on=on, pack="jiangsu") == started


@pytest.mark.parametrize("length", [0, 1, 30, 366, 3650])
def test_the_newest_start_is_found_for_any_length(length: int) -> None:
    on = date(2026, 11, 29)
    assert newest_start(on, ends_on=lambda start: start + DAY * length) == on - DAY * length


def test_a_rule_with_a_key_nobody_knows_is_an_error() -> None:
    words = "{zh: 一, en: a}"
    text = f"x: {{title: {words}, key: no.such, counts_from: {words}, destroys: {words}, stays: {words}, sweep: a.b}}"
    with pytest.raises(LookupError):
        read_rules(text)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_rules_and_list_are_read_on_a_phone_without_scripts(
    live_server, offices: dict[str, Actor], browser_page: Callable[..., Page]
) -> None:
    closed_tip(offices["city"])
    facade.sweep(now=YEAR_LATER)
    officer("sx-audit", "YTSX", Role.AUDIT_ADMIN)
    page, seen = browser_page(width=360, javascript=False), browser_page(width=320)
    page.goto(f"{live_server.url}/rules/retention")
    assert "举报的内容、证据和举报人身份" in page.inner_text("main")
    assert "12个月（暂定）" in page.inner_text("main")
    keep(page, "retention-rules")
    seen.goto(page.url)
    assert problems_of(seen) == []
    cookie = cookie_of("sx-audit", live_server.url)
    own = browser_page(width=360, javascript=False, cookies=[cookie])
    own.goto(f"{live_server.url}/office/destructions")
    assert "JB" in own.inner_text("main")
    keep(own, "retention-list")
    checker = browser_page(width=320, cookies=[cookie])
    checker.goto(own.url)
    assert problems_of(checker) == []
    assert Client().get("/office/destructions").status_code == 401
    assert "A-NO-RIGHT" in sign_in("xy-first").get("/office/destructions").content.decode()
