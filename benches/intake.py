"""Collection: a two-publicity file of many rows is read, checked and accepted.

Yardsticks: for reading and checking, polars reading the same bytes and nothing else; for acceptance, two sessions that
INSERT … SELECT the very same rows into a table of the same columns, indexes and constraints.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import psycopg

from benches import ground

COPY_OF = """
    drop table if exists bench_source; drop table if exists bench_target;
    create unlogged table bench_source as
        select *, row_number() over () % 2 as half from records_version where batch_id = '{batch}';
    create table bench_target (like records_version including all)
"""


def run(root: Path, *, rows: int) -> dict[str, Any]:
    """Run the bench and return its figures."""
    ground.prepare(root)
    from django.db import connection

    from chengxin.kernel.clock import now

    ground.open_department(now())
    with tempfile.TemporaryDirectory() as folder:
        utf8 = _export(Path(folder) / "utf8.csv", rows, "utf-8")
        gb = _export(Path(folder) / "gb18030.csv", rows, "gb18030")
        figures: dict[str, Any] = {"rows": rows, "bytes": utf8.stat().st_size}
        _forget_peak()
        batch, seconds, accepted = ground.file_and_accept(gb)
        peak = _peak_mb()
        floor = _timed(lambda: pl.read_csv(utf8, infer_schema=False).height)
        figures["check"] = _rate(rows, _timed(lambda: _check(utf8)), floor)
        figures["check_gb18030"] = _rate(rows, _timed(lambda: _check(gb)), floor)
    connection.close()
    figures["accept"] = _rate(accepted, seconds, _yardstick(batch))
    figures["peak_mb"] = peak
    return figures


def _forget_peak() -> None:
    """Begin the peak of this process's memory anew: the file was made in it, and polars reads it whole later."""
    Path("/proc/self/clear_refs").write_text("5")


def _peak_mb() -> int:
    """Return the peak of resident memory since it was forgotten, in MiB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def _export(path: Path, rows: int, encoding: str) -> Path:
    from chengxin.demo.export import two_publicity_file

    seed = int(time.time())
    two_publicity_file(path, rows=rows, today=date.today(), encoding=encoding, seed=seed)  # noqa: DTZ011
    return path


def _check(path: Path) -> int:
    from django.conf import settings

    from chengxin.catalogue import facade as catalogue
    from chengxin.files.facade import open_sheet
    from chengxin.intake.checking import check_sheet
    from chengxin.intake.doors import COMMAND
    from chengxin.intake.heading import match_headings
    from chengxin.intake.validation import Validator
    from chengxin.kernel.clock import legal_day, now

    on = legal_day(now())
    item = catalogue.get_item("penalty", on=on)
    sheet = open_sheet(path, limits=COMMAND)
    validator = Validator(item, match_headings(sheet.headings, item), on=on, body=ground.USCC, demo=settings.DEMO)
    return sum(checked.good_rows for checked in check_sheet(sheet, validator, limits=COMMAND))


def _yardstick(batch: str) -> float:
    """Return how long two sessions take to INSERT … SELECT the same rows."""
    import os

    from chengxin.database.facade import embedded_server

    conninfo = embedded_server(os.environ).start().conninfo(dbname="chengxin")
    columns = "subject_id"
    with psycopg.connect(conninfo, autocommit=True) as admin:
        for statement in COPY_OF.format(batch=batch).split(";"):
            admin.execute(statement)
        found = admin.execute(
            "select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute"
            " where attrelid = 'records_version'::regclass and attnum > 0 and not attisdropped"
        ).fetchone()
        columns = found[0] if found else columns

    def half(number: int) -> None:
        with psycopg.connect(conninfo) as session:
            session.execute(
                f"insert into bench_target ({columns}) select {columns} from bench_source where half = %s", [number]
            )

    def both() -> None:
        sessions = [threading.Thread(target=half, args=[number]) for number in (0, 1)]
        for session in sessions:
            session.start()
        for session in sessions:
            session.join()

    seconds = _timed(both)
    with psycopg.connect(conninfo, autocommit=True) as admin:
        admin.execute("drop table bench_source, bench_target")
    return seconds


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _rate(rows: int, seconds: float, yardstick: float) -> dict[str, float]:
    return {
        "rows_per_second": round(rows / seconds),
        "yardstick_rows_per_second": round(rows / yardstick),
        "ratio": round(yardstick / seconds, 3),
    }
