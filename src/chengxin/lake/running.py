"""Run a logical query on an engine, and keep its result with how it came about."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import polars as pl

from chengxin.kernel.refusal import Refusal, Refused
from chengxin.lake.computing import compute
from chengxin.lake.contracts import ColumnType, Engine, Input, Query, Run, Work
from chengxin.lake.datasets import get_dataset
from chengxin.lake.packing import pack
from chengxin.lake.queries import bound, get_query
from chengxin.lake.store import Store, publish

_TYPES = {
    ColumnType.TEXT: pl.String,
    ColumnType.INTEGER: pl.Int64,
    ColumnType.DATE: pl.Date,
    ColumnType.DOUBLE: pl.Float64,
}


class WrongTypes(Exception):
    """An engine returned other columns or types than the query declares."""


def run(
    name: str,
    *,
    from_day: date,
    until_day: date,
    platform: str = "",
    parameters: Mapping[str, int] | None = None,
    columns: Collection[str] = (),
    where: str = "",
    near: str = "",
    engine: Engine,
    store: Store,
    fresh: bool = False,
) -> Run:
    """Run a query over the days [from_day, until_day) of one platform or all, and return where its rows are.

    The same text, parameters and files have the same id, computed once per engine. `columns` (those of the order come
    too) and `where`, portable SQL, leave out what nobody needs; `near` (it holds wherever `where` does) saves work.
    """
    query = get_query(name)
    wanted, sql = _narrowed(query, _whole(query, parameters or {}, from_day, until_day), columns, where=where)
    inputs = _inputs(query, from_day, until_day, platform, store)
    described = _place(store, query, identity := _identity(sql, inputs), engine)
    if described.exists() and not fresh:
        return replace(read_run(described, store), was_there=True)
    work = Work(query=query, sql=sql, near=near if where else "", inputs=inputs)
    asked = Run(
        id=identity,
        query=query.name,
        engine=engine.name,
        engine_version=engine.version,
        from_day=from_day,
        until_day=until_day,
        platform=platform,
        input_rows=work.rows,
        input_files=work.files,
        file=described.with_suffix(".parquet"),
        columns=wanted,
    )
    return _answered(asked, work, engine=engine)


def _place(store: Store, query: Query, identity: str, engine: Engine) -> Path:
    return store.root / "_results" / query.name / f"{identity}-{engine.name}.json"


def _refuse_no_days(from_day: date, until_day: date) -> None:
    if from_day >= until_day:
        raise Refused(
            Refusal(code="L-DAYS", what="起始日不早于截止日。", next_step="截止日是查询范围之后的第一天，请核对。")
        )


def _whole(query: Query, parameters: Mapping[str, int], from_day: date, until_day: date) -> str:
    _refuse_no_days(from_day, until_day)
    days: dict[str, date | int] = {"from_day": from_day, "until_day": until_day}
    return bound(query, {**query.parameters, **parameters, **days})


def _narrowed(query: Query, sql: str, columns: Collection[str], *, where: str) -> tuple[tuple[str, ...], str]:
    """Return the columns somebody wants of a query, in its order, and a text that answers with those and the rows."""
    wanted = tuple(name for name in query.columns if not columns or name in columns or name in query.order)
    if len(wanted) == len(query.columns) and not where:
        return wanted, sql
    return wanted, f"select {', '.join(wanted)} from (\n{sql}) as answered" + (f"\nwhere {where}" if where else "")


def _answered(asked: Run, work: Work, *, engine: Engine) -> Run:
    """Compute the rows, and describe how they came about beside them."""
    seconds = _computed(asked, work, engine=engine)
    made = replace(asked, seconds=seconds, rows=pl.scan_parquet(asked.file).select(pl.len()).collect().item())
    described = asked.file.with_suffix(".json")
    described.unlink(missing_ok=True)
    sha256 = hashlib.sha256(work.sql.encode()).hexdigest()
    publish(described, {**asdict(made), "file": made.file.name, "sql_sha256": sha256})
    return made


def _computed(asked: Run, work: Work, *, engine: Engine) -> float:
    """Leave the rows in a file that appears whole and with the declared types, and return the seconds it took."""
    file = asked.file
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f".{uuid4().hex}.parquet")
    began = time.perf_counter()
    try:
        compute(work, engine=engine, out=draft)
        _refuse_other_types(draft, asked)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    return round(time.perf_counter() - began, 3)


def rows_of(made: Run) -> pl.DataFrame:
    """Return the rows of a run in the query's order."""
    query = get_query(made.query)
    return pl.read_parquet(made.file).select(made.columns).sort(query.order)


def once(made: Run, name: str, work: Callable[[pl.DataFrame], dict[str, Any]]) -> dict[str, Any]:
    """Return what is worked out from the rows of a run; the same rows are worked on once under a name."""
    place = made.file.with_name(f"{made.file.stem}-{name}.json")
    if not place.exists():
        publish(place, work(rows_of(made)))
    said: dict[str, Any] = json.loads(place.read_text("utf-8"))
    return said


def read_run(described: Path, store: Store) -> Run:
    """Return a run from its description."""
    said: dict[str, Any] = json.loads(described.read_text("utf-8"))
    del said["sql_sha256"]
    days = {name: date.fromisoformat(said[name]) for name in ("from_day", "until_day")}
    columns = tuple(said.get("columns", get_query(said["query"]).columns))
    file = store.root / "_results" / said["query"] / said["file"]
    return Run(**{**said, **days, "columns": columns, "file": file})


def _inputs(query: Query, from_day: date, until_day: date, platform: str, store: Store) -> dict[str, Input]:
    return {
        dataset: _input(
            dataset,
            first=from_day - timedelta(days=before),
            end=until_day + timedelta(days=after),
            platform=platform,
            store=store,
        )
        for dataset, (before, after) in query.inputs.items()
    }


def _input(name: str, *, first: date, end: date, platform: str, store: Store) -> Input:
    standing = [(place, day) for place, day in store.standing(name).items() if platform in {"", place[0]}]
    asked = [day for (_, on), day in standing if first <= on < end]
    return Input(
        columns=get_dataset(name).columns,
        files=tuple(pack(store, name, standing, first=first, end=end)),
        first=first,
        end=end,
        versions=tuple(day.file for day in asked),
        rows=sum(day.rows for day in asked),
    )


def _identity(sql: str, inputs: Mapping[str, Input]) -> str:
    text = hashlib.sha256(sql.encode())
    for name, known in sorted(inputs.items()):
        text.update(f"|{name}|{known.first}|{known.end}".encode())
        for version in known.versions:
            text.update(f"|{version}".encode())
    return text.hexdigest()[:32]


def _refuse_other_types(file: Path, asked: Run) -> None:
    found = dict(pl.read_parquet_schema(file))
    declared = get_query(asked.query).columns
    wanted = {name: _TYPES[declared[name]] for name in asked.columns}
    if found != wanted or list(found) != list(wanted):
        wrong = {name: str(kind) for name, kind in found.items() if wanted.get(name) != kind}
        raise WrongTypes(f"{asked.query} returned {wrong or list(found)}; it declares {list(wanted)}.")
