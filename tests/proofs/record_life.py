"""The life of records under a virtual clock: what leaves by each outlet is what a second implementation says.

A history of a firm and a person is filed once, with decisions backdated over leap day and the edges of their periods.
Each sequence marks, lifts, withdraws, publishes, sweeps, corrects and lets days pass (Asia/Shanghai), then asks every
outlet. The second implementation is SQL and a plain model in Python that knows nothing of `rules.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.proofs._world import accept, hand_in
from tests.test_outlets import CLOCKS, expected, leaving, outlets_at, row

from chengxin.access import facade as access
from chengxin.archives.bodies import forget_bodies
from chengxin.catalogue import facade as catalogue
from chengxin.database.contracts import Channel as Door
from chengxin.intake.tests.conftest import MARKET, NOW, Office, open_office
from chengxin.intake.tests.test_main_job import HEAD, PERSON
from chengxin.kernel.actor import ANYONE, platform
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.records import facade as records
from chengxin.records.contracts import Channel, MarkKind

SUMMARY = (
    "Sequences of what happens to records under a virtual clock leave exactly what a second implementation expects."
)
Report = Callable[[str], None]
HEADINGS = HEAD.strip() + ",较低数额罚款,限制期限至\n"
KEEPER = platform("sweep")
BARS = {MarkKind.WITHDRAWN, MarkKind.REPAIRED, MarkKind.FROZEN}


def run(short: bool, report: Report) -> dict[str, int | float]:
    """File the history, then live through sequences of it; each is undone."""
    forget_bodies()
    catalogue.load(now=NOW)
    office = open_office("YTSJ", "云汀市市场监督管理局", MARKET, "390100", ("penalty",), kind="market")
    counts: Counter[str] = Counter()
    with transaction.atomic():
        history, ends = _file(office)
        days = sorted({day for edges in history.values() for day in edges if day >= legal_day(NOW)})
        given = {"office": office, "history": history, "days": days, "ends": ends, "counts": counts}
        given["report"] = staticmethod(report)
        _live(given, sequences=4 if short else 2_200, phases=[Phase.generate, Phase.shrink], is_fixed=short)
        lived = dict(sorted(counts.items()))
        report("now every clock runs a day too long")
        assert _notices_a_day_too_long(given), "nobody noticed that what has ended leaves for a day more"
        transaction.set_rollback(True)
    return lived | {"differences": 0, "mutants": 1, "mutants_caught": 1}


def _live(given: dict[str, Any], *, sequences: int, phases: list[Phase], is_fixed: bool) -> None:
    """Live through so many sequences; the first that differs raises AssertionError."""
    run_state_machine_as_test(
        type("Lives", (Life,), given),
        settings=settings(
            max_examples=sequences,
            stateful_step_count=8,
            deadline=None,
            database=None,
            derandomize=is_fixed,
            phases=phases,
            verbosity=Verbosity.quiet,
            suppress_health_check=list(HealthCheck),
        ),
    )


def _notices_a_day_too_long(given: dict[str, Any]) -> bool:
    """Break the end of every clock (`>=` made `>`) and tell whether a sequence shows it."""

    def too_long(ends_on: date | None, on: date, code: str, why: str) -> Refusal | None:
        return None if ends_on is None or on <= ends_on else Refusal(code=code, what=why)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("chengxin.records.rules._ended", too_long)
        try:
            # Only the days on which a publicity is over tell the two apart.
            _live({**given, "days": given["ends"]}, sequences=200, phases=[Phase.generate], is_fixed=True)
        except AssertionError:
            return True
    return False


def _file(office: Office) -> tuple[dict[UUID, list[date]], list[date]]:
    """Return each subject with the days at whose edge something changes, and the first days after a publicity."""
    rows = [
        row(1, decided=date(2026, 10, 1), served="2026-10-08", kind="罚款"),
        row(2, decided=date(2026, 9, 30), served="", kind="罚款"),
        row(3, decided=date(2026, 9, 29), served="2026-09-30", kind="警告"),
        row(4, decided=date(2024, 2, 29), served="2024-03-05", kind="吊销许可证件"),
        row(5, decided=date(2026, 6, 1), served="2026-06-02", kind="罚款", lower="是"),
        row(6, decided=date(2026, 11, 20), served="2026-11-23", kind="罚款", lower="是"),
        row(7, decided=date(2026, 8, 31), served="2026-09-02", kind="限制从业", restricted="2031-08-31"),
    ]
    person = PERSON.strip() + ",,\n"
    batch = accept(hand_in((HEADINGS + "".join(rows) + person).encode(), office).id, office)
    assert batch.accepted == 8, batch
    with access.acting_for(office.clerk, channel=Door.BODY, purpose="filing"), connection.cursor() as cursor:
        cursor.execute(CLOCKS)
        found = cursor.fetchall()
    edges: dict[UUID, set[date]] = {}
    for subject_id, *days in found:
        near = {day + timedelta(days=step) for day in days if day for step in (-1, 0, 1)}
        edges.setdefault(subject_id, {date(2028, 2, 29), date(2032, 2, 29)}).update(near)
    ends = {day for _subject, _starts, ends_on, *_, last in found for day in (ends_on, last) if day}
    history = {subject: sorted(days) for subject, days in edges.items()}
    return history, sorted(day for day in ends if day > legal_day(NOW))


class Life(RuleBasedStateMachine):
    """What may happen to the records of two subjects, in any order."""

    office: Office
    history: dict[UUID, list[date]]
    days: list[date]
    ends: list[date]
    counts: Counter[str]
    report: Report

    def __init__(self) -> None:
        super().__init__()
        self.place = connection.savepoint()
        self.at = NOW
        self.marks: dict[UUID, tuple[UUID, MarkKind]] = {}
        self.model: dict[UUID, set[UUID]] = {}

    @initialize()
    def begin(self) -> None:
        self.counts["sequences"] += 1
        if self.counts["sequences"] % 200 == 0:
            type(self).report(
                f"{self.counts['sequences']:,} sequences, {self.counts['outlets_asked']:,} answers compared"
            )
        with access.acting_for(self.office.approver, channel=Door.BODY, purpose="correction"):
            self.records = {subject: records.list_of_subject(subject) for subject in self.history}
        self.model = {one.record_id: set() for found in self.records.values() for one in found}

    @rule(data=st.data())
    def mark(self, data: st.DataObject) -> None:
        subject = data.draw(st.sampled_from(sorted(self.history)))
        record = data.draw(st.sampled_from(self.records[subject]))
        kind = data.draw(st.sampled_from(list(MarkKind)))
        with access.acting_for(self.office.approver, channel=Door.BODY, purpose="correction"):
            identifier = records.mark(
                subject_id=subject,
                record_id=record.record_id,
                kind=kind,
                reason="试验",
                reference="T-1",
                actor=self.office.approver,
                now=self.at,
            )
        self.marks[identifier] = (record.record_id, kind)
        self.counts["marks"] += 1

    @rule(data=st.data())
    def lift(self, data: st.DataObject) -> None:
        if not self.marks:
            return
        identifier = data.draw(st.sampled_from(sorted(self.marks)))
        with access.acting_for(self.office.approver, channel=Door.BODY, purpose="correction"):
            records.lift(identifier, actor=self.office.approver, now=self.at)
            try:
                records.lift(identifier, actor=self.office.approver, now=self.at)
            except Refused:
                self.counts["lifts"] += 1
            else:
                raise AssertionError("a mark was lifted twice")
        del self.marks[identifier]

    @rule()
    def sweep(self) -> None:
        with access.acting_for(KEEPER, channel=Door.JOB, purpose="filing"):
            records.end_expired(actor=KEEPER, now=self.at)
        self.counts["sweeps"] += 1

    @rule()
    def publish(self) -> None:
        with access.acting_for(KEEPER, channel=Door.JOB, purpose="filing"):
            records.publish_due(actor=KEEPER, now=self.at)
        self.counts["publications"] += 1

    @rule(data=st.data(), second=st.sampled_from([0, 1, 43_200, 86_399]))
    def pass_to(self, data: st.DataObject, second: int) -> None:
        # Small hops, so that a sequence comes past many edges.
        ahead = [day for day in self.days if day >= legal_day(self.at)][:6]
        self._come_to(data.draw(st.sampled_from(ahead or self.days[-1:])), second)
        self.counts["days_passed"] += 1

    @rule(data=st.data(), second=st.sampled_from([0, 1, 43_200, 86_399]))
    def pass_to_an_end(self, data: st.DataObject, second: int) -> None:
        # The day on which a publicity is over is where a rule is wrong by one, so it is drawn as often as all others.
        ahead = [day for day in self.ends if day >= legal_day(self.at)]
        if ahead:
            self._come_to(data.draw(st.sampled_from(ahead)), second)
            self.counts["ends_met"] += 1

    def _come_to(self, day: date, second: int) -> None:
        begins = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=8)
        self.at = max(self.at, begins + timedelta(seconds=second))

    @invariant()
    def nothing_leaves_but_what_may(self) -> None:
        if not self.model:
            return
        standing = {record_id for record_id, kind in self.marks.values() if kind in BARS}
        objected = {record_id for record_id, kind in self.marks.values() if kind is MarkKind.OBJECTION}
        for subject in self.history:
            for outlet in outlets_at(self.at):
                left = leaving(outlet, subject, self.at, self.office)
                may = expected(outlet, subject, legal_day(self.at))
                self.counts["outlets_asked"] += 1
                assert left == may, (outlet.name, self.at.isoformat(), left ^ may)
                if outlet.channel is Channel.PUBLIC:
                    assert not left & standing, (outlet.name, "a barred record left")
            self._shows_objections(subject, objected)

    def _shows_objections(self, subject: UUID, objected: set[UUID]) -> None:
        with access.acting_for(ANYONE, channel=Door.PUBLIC, purpose="public_viewing"):
            for record in records.list_of_subject(subject):
                is_marked = any(mark.kind is MarkKind.OBJECTION for mark in record.marks)
                assert is_marked == (record.record_id in objected), "an objection is not shown as it stands"

    def teardown(self) -> None:
        connection.savepoint_rollback(self.place)
