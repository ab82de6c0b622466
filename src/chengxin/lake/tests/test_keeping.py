"""Results end with what was worked out from them, are computed again, and what is young stays."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from chengxin.lake.engines import DuckDB
from chengxin.lake.keeping import forget_results
from chengxin.lake.running import once, rows_of, run
from chengxin.lake.store import Store
from chengxin.lake.tests.conftest import Send, order

FIRST, END = date(2026, 3, 1), date(2026, 4, 1)
WRITTEN = datetime(2026, 5, 1, 12, tzinfo=UTC)


def asked(store: Store, end: date = END):
    return run("complaint_base", from_day=FIRST, until_day=end, engine=DuckDB(), store=store)


def age(folder: Path, moment: datetime) -> None:
    for file in folder.rglob("*.*"):
        os.utime(file, (moment.timestamp(), moment.timestamp()))


def test_a_result_goes_whole_at_its_moment_and_is_computed_again(store: Store, send: Send):
    send("orders", order("A1", created_at="2026-03-02T10:00:00+08:00"))
    made = asked(store)
    rows = rows_of(made)
    assert once(made, "many", lambda frame: {"rows": len(frame)}) == {"rows": len(rows)}
    folder = store.root / "_results"
    (folder / "complaint_base" / ".0123456789abcdef.parquet").write_bytes(b"left by a process that died")
    age(folder, WRITTEN)
    assert list(forget_results(store, before=WRITTEN, limit=9)) == []
    young = asked(store, date(2026, 3, 20))
    later = datetime(2026, 5, 1, 12, 0, 1, tzinfo=UTC)
    found = list(forget_results(store, before=later, limit=9))
    assert found == ["complaint_base/0123456789abcdef", f"complaint_base/{made.id}"]
    assert {file.name.split("-")[0] for file in folder.rglob("*.*")} == {young.id}
    again = asked(store)
    assert again.was_there is False
    assert rows_of(again).equals(rows)
    assert list(forget_results(store, before=later, limit=9)) == []


def test_what_was_worked_out_later_keeps_its_rows_and_no_more_go_than_asked(store: Store, send: Send):
    send("orders", order("A1", created_at="2026-03-02T10:00:00+08:00"))
    made = asked(store)
    folder = store.root / "_results"
    age(folder, WRITTEN)
    once(made, "many", lambda frame: {"rows": len(frame)})
    later = datetime(2026, 5, 2, tzinfo=UTC)
    assert list(forget_results(store, before=later, limit=9)) == []
    assert isinstance(rows_of(made), pl.DataFrame)
    for day in (10, 11, 12):
        asked(store, date(2026, 3, day))
    age(folder, WRITTEN)
    assert [len(list(forget_results(store, before=later, limit=3))) for _turn in range(3)] == [3, 1, 0]
    assert list(folder.rglob("*.*")) == []


def test_a_lake_without_results_has_nothing_to_forget(tmp_path: Path):
    assert list(forget_results(Store(tmp_path / "nowhere"), before=WRITTEN, limit=9)) == []
