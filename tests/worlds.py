"""Worlds: what a test finds when it begins, made once and found again by the next test that begins with the same.

    @world
    def lin(market: Office, hand_in: HandIn, accept: Accept) -> Actor:
        ...

makes a fixture like any other; what it takes are worlds too. The worlds of a test whose transaction is rolled back
stand one upon the other, each above a savepoint of a transaction around the tests, and a test takes down what it does
not begin with. A test that commits makes its worlds for itself.
"""

from __future__ import annotations

import inspect
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings

from chengxin.database.apart import end_session
from chengxin.database.testing import NOTHING_YET, Mark, TestDatabase

Make = Callable[..., Any]
Wanted = list[tuple[str, Make]]
"""The worlds a test begins with, the lowest first, each by the name the test knows it by."""


def world(make: Make) -> Any:
    """Make a fixture of a function that writes what tests find; it takes worlds, `ground` and `tmp_path`."""

    def given(worlds: Standing, **beneath: object) -> object:
        return worlds.value_of(make) if worlds.holds(make) else make(**beneath)

    mine = inspect.signature(given).parameters["worlds"]
    given.__signature__ = inspect.Signature([mine, *inspect.signature(make).parameters.values()])  # type: ignore[attr-defined]
    given.__name__, given.__doc__, given.__module__ = make.__name__, make.__doc__, make.__module__
    given.made_by = make  # type: ignore[attr-defined]
    return pytest.fixture(given)


@dataclass(frozen=True)
class Storey:
    """One world that stands: who made it, what it gives, the files kept so far, and how to take it down.

    `mark` is what had been committed when it stood: a look is committed apart, and no savepoint takes it back.
    """

    name: str
    make: Make
    value: object
    files: Path
    savepoint: transaction.Atomic
    mark: Mark

    @property
    def named(self) -> tuple[str, Make]:
        """Return the world and the name it goes by here."""
        return self.name, self.make


class Standing:
    """The worlds that stand, the lowest first, in one transaction of the run's connection."""

    def __init__(self) -> None:
        self._storeys: list[Storey] = []
        self._around: transaction.Atomic | None = None
        self._folder: TemporaryDirectory[str] | None = None

    def holds(self, make: Make) -> bool:
        """Tell whether a world stands."""
        return any(storey.make is make for storey in self._storeys)

    def value_of(self, make: Make) -> object:
        """Return what a standing world gives."""
        return next(storey.value for storey in self._storeys if storey.make is make)

    def begin_with(self, wanted: Wanted, database: TestDatabase) -> None:
        """Let exactly these worlds stand; what stands already is left as it is."""
        kept = 0
        while kept < min(len(wanted), len(self._storeys)) and self._storeys[kept].named == wanted[kept]:
            kept += 1
        self._take_down(kept, database)
        try:
            # Where taking down was not enough, nothing stands any more.
            for name, make in wanted[len(self._storeys) :]:
                self._build(name, make, database)
        except BaseException:
            self.end()
            raise

    def forget_told(self, database: TestDatabase) -> None:
        """Take back what a test committed apart."""
        session = connection.connection.info.backend_pid if self._storeys and connection.connection else 0
        if not session or not database.go_back(self._mark, beside=session):
            self.end()
            database.renew()

    def end(self) -> None:
        """Take everything down."""
        while self._storeys:
            _roll_back(self._storeys.pop().savepoint)
        if self._around is not None:
            _roll_back(self._around)
            self._around = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def copy_files(self, target: Path) -> None:
        """Put the files the worlds kept where a test keeps its own."""
        if self._storeys:
            shutil.copytree(self._storeys[-1].files, target, dirs_exist_ok=True)

    @property
    def _mark(self) -> Mark:
        """What had been committed when the highest world stood."""
        return self._storeys[-1].mark if self._storeys else NOTHING_YET

    def _take_down(self, kept: int, database: TestDatabase) -> None:
        if kept == len(self._storeys):
            return
        before = self._mark
        while len(self._storeys) > kept:
            _roll_back(self._storeys.pop().savepoint)
        if not self._storeys:
            self.end()
        if before != self._mark:
            self.forget_told(database)

    def _build(self, name: str, make: Make, database: TestDatabase) -> None:
        if self._around is None or self._folder is None:
            self._around = _begin()
            self._folder = TemporaryDirectory(prefix="chengxin-worlds-")
        folder = Path(self._folder.name) / str(len(self._storeys))
        shutil.rmtree(folder, ignore_errors=True)
        (files := folder / "files").mkdir(parents=True)
        self.copy_files(files)
        beneath = {storey.name: storey.value for storey in self._storeys}
        beneath |= {"ground": None, "tmp_path": folder}
        self._storeys.append(Storey(name, make, None, files, _begin(), self._mark))
        with override_settings(FILES_ROOT=files, DEMO=True):
            value = make(**{taken: beneath[taken] for taken in inspect.signature(make).parameters})
        stands = replace(self._storeys[-1], value=value)
        self._storeys[-1] = replace(stands, mark=database.mark()) if end_session() else stands


def worlds_of(item: pytest.Item) -> Wanted:
    """Return the worlds a test begins with: each above what it takes, what most tests ask for lowest.

    A test that commits has none.
    """
    if _commits(item):
        return []
    makes, wanted = _makes(item), _wanted_by(item.session)
    order: list[str] = []

    def add(name: str) -> None:
        if name in makes and name not in order:
            for taken in inspect.signature(makes[name]).parameters:
                add(taken)
            order.append(name)

    for name in sorted(makes, key=lambda name: (-wanted[makes[name]], name)):
        add(name)
    return [(name, makes[name]) for name in order]


@cache
def _wanted_by(session: pytest.Session) -> Counter[Make]:
    return Counter(make for item in session.items for make in _makes(item).values())


def _asked(item: pytest.Item) -> Iterable[str]:
    return getattr(item, "fixturenames", ())


def _makes(item: pytest.Item) -> dict[str, Make]:
    """Return the worlds among a test's fixtures by their names."""
    info = getattr(item, "_fixtureinfo", None)
    found: Mapping[str, Any] = info.name2fixturedefs if info is not None else {}
    makers = ((name, getattr(defined[-1].func, "made_by", None)) for name, defined in found.items())
    return {name: make for name, make in makers if make is not None}


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = marker is not None and bool(marker.kwargs.get("transaction") or marker.kwargs.get("reset_sequences"))
    return asked or bool({"transactional_db", "live_server"}.intersection(_asked(item)))


def _begin() -> transaction.Atomic:
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    block.__enter__()
    return block


def _roll_back(block: transaction.Atomic) -> None:
    if connection.in_atomic_block:
        transaction.set_rollback(True)
    block.__exit__(None, None, None)
