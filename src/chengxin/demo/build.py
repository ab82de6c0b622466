"""Build the demonstration: stages that each say how long they took, going on from what an earlier run has done."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

import psycopg
from django.conf import settings
from django.db import connections
from psycopg.sql import SQL, Identifier

from chengxin.access import facade as access
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import ItemVersion
from chengxin.crypto import facade as crypto
from chengxin.database import facade as database
from chengxin.demo import staff
from chengxin.demo.clerks import clerks
from chengxin.demo.life.script import live, read_story
from chengxin.demo.life.stage import Stage
from chengxin.demo.programs import read_merchants
from chengxin.demo.province import Province
from chengxin.demo.replay import replay, turn_of_today
from chengxin.demo.state import State, keep_state, read_state, why_not_build
from chengxin.kernel.clock import legal_day, now, simulated, start_of
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.lake import facade as lake

SEED = 39
MARKER = "clerk"


class Progress(Protocol):
    """Shows how far a stage is."""

    def begin(self, stage: str, total: int) -> None:
        """Begin a stage of so many steps."""

    def step(self) -> None:
        """Show that one more step of the stage is done."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What stands after a build: counts over all runs, seconds of each stage of this run."""

    size: str
    seed: int
    today: date
    counts: Mapping[str, int]
    seconds: Mapping[str, float] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    was_there: bool = False


def prepare(*, fresh: bool = False, progress: Progress) -> None:
    """Make the key files and the database of a demonstration, so that its other processes find them.

    Raises `Refused` when this is no demonstration, or may not be dropped.
    """
    if not settings.DEMO:
        refuse_if(why_not_build(is_demo=False, bodies=[], state=None, marker="", size=""))
    progress.begin("database", 1)
    if fresh:
        start_over(state_file())
    crypto.create_missing(Path(os.environ.get("CHENGXIN_KEYS") or database.var_dir() / "keys"))
    database.prepare_installation(os.environ, progress=lambda _: None)


def build(size: str = "M", *, progress: Progress) -> Report:
    """Build the province of a size into the prepared database, or go on with it.

    Raises `Refused` when the database holds something else.
    """
    return go_on(size, file=state_file(), progress=progress)


def state_file() -> Path:
    """Return where the progress of the demonstration is kept."""
    return database.var_dir() / "demo" / "state.json"


def go_on(size: str, *, file: Path, progress: Progress, today: date | None = None) -> Report:
    """Build what is not built yet into a prepared database; `today` is for tests."""
    present = now()
    state = read_state(file)
    known = access.find_account(MARKER, on=legal_day(present))
    marker = str(known.id) if known else ""
    bodies = list(access.list_bodies())
    refuse_if(why_not_build(is_demo=settings.DEMO, bodies=bodies, state=state, marker=marker, size=size))
    if state is None or not bodies:
        state = State(size=size, seed=SEED, today=today or legal_day(present))
        keep_state(state, file)
    was_there = state.is_done
    if not was_there:
        _stages(state, file=file, progress=progress)
    seconds: dict[str, float] = {} if was_there else dict(state.seconds)
    with timed("today", seconds):
        turn_of_today(max(state.today, today or legal_day(now())), state=state)
        keep_state(state, file)
    return Report(
        size=state.size,
        seed=state.seed,
        today=state.today,
        counts=dict(state.counts),
        seconds=seconds,
        links=dict(state.links),
        was_there=was_there,
    )


def _stages(state: State, *, file: Path, progress: Progress) -> None:
    province = Province(state.size, today=state.today, seed=state.seed)
    opening, items = province.opening, province.items()
    seconds = state.seconds
    progress.begin("catalogue", 1)
    with timed("catalogue", seconds), simulated(opening):
        catalogue.load(now=opening)
    with timed("departments", seconds), simulated(opening):
        if not state.last_filing:
            _open_departments(province, items, opening=opening, progress=progress)
    known = access.find_account(MARKER, on=state.today)
    state.marker = str(known.id) if known else ""
    keep_state(state, file)
    with timed("province", seconds):
        progress.begin("province", 1)
        total = len(province.plans(items))
        people, operators = province.persons.height, province.operators.height
        state.counts.update(people=people, operators=operators)
    with timed("filings", seconds):
        progress.begin("filings", total - state.last_filing)
        replay(
            clerks(state.size, today=state.today, seed=state.seed, after=state.last_filing),
            state=state,
            officers=staff.Officers(province.cast, now=start_of(state.today)),
            keep=lambda kept: keep_state(kept, file),
            step=progress.step,
        )
    with timed("cast", seconds):
        progress.begin("cast", 1)
        staff.open_citizens(province, now=opening)
    with timed("programs", seconds):
        progress.begin("programs", 1)
        state.counts["merchants_read"] = read_merchants(province, now=start_of(state.today))
    with timed("life", seconds):
        stage = Stage(province, links=dict(state.links))
        progress.begin("life", len(read_story(stage)) - state.happened)
        live(stage, state=state, keep=lambda kept: keep_state(kept, file), step=progress.step)
    state.is_done = True
    keep_state(state, file)


def _open_departments(
    province: Province, items: Sequence[ItemVersion], *, opening: datetime, progress: Progress
) -> None:
    progress.begin("departments", 4)
    staff.open_departments(province.bodies, cast=province.cast, now=opening)
    progress.step()
    staff.give_rights(province.bodies, items, now=opening)
    progress.step()
    staff.open_officers(province.bodies, cast=province.cast, now=opening)
    progress.step()
    staff.open_clients(province.cast, now=opening)
    progress.step()


@contextmanager
def timed(stage: str, seconds: dict[str, float]) -> Iterator[None]:
    """Add the seconds a stage takes to what it took in earlier runs."""
    began = time.perf_counter()
    try:
        yield
    finally:
        seconds[stage] = round(seconds.get(stage, 0.0) + time.perf_counter() - began, 2)


def start_over(file: Path) -> None:
    """Drop the embedded demonstration's database and files; any other database is refused."""
    if not database.is_embedded(os.environ):
        raise Refused(
            Refusal(
                code="D-FRESH-EXTERNAL",
                what="数据库不是内嵌的，演示不会删除它。",
                next_step="请自行建一个空的数据库，再运行演示。",
            )
        )
    server = database.embedded_server(os.environ).start()
    name = database.address_of(os.environ).name
    connections.close_all()
    with psycopg.connect(server.conninfo(), autocommit=True) as admin:
        if admin.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            refuse_if(_why_not_drop(server.conninfo(dbname=name)))
            admin.execute(SQL("drop database {} with (force)").format(Identifier(name)))
    shutil.rmtree(settings.FILES_ROOT, ignore_errors=True)
    if lake.lake_root().is_relative_to(database.var_dir()):
        shutil.rmtree(lake.lake_root(), ignore_errors=True)
    file.unlink(missing_ok=True)


def _why_not_drop(conninfo: str) -> Refusal | None:
    """Say why a database must not be dropped: it knows bodies of a real area."""
    with psycopg.connect(conninfo) as connection:
        if connection.execute("select to_regclass('public.access_body')").fetchone() == (None,):
            return None
        real = connection.execute("select count(*) from access_body where area not like '39%'").fetchone()
    if real and real[0]:
        return Refusal(
            code="D-REAL-DATABASE",
            what="这个数据库里有真实地区的单位，不是演示数据库。",
            next_step="请换一个空的数据库。",
        )
    return None
