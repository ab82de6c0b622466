"""Run a proof (证明): a suite that attacks the whole product, counts what it tried and fails at the first success.

A proof is a module of `tests/proofs/` with a `SUMMARY` and `run(short, report) -> counts`; it raises AssertionError
when what it proves does not hold. It finds Django ready on an empty database of its own, logged in as `chengxin_web`.
`./chengxin prove` runs the full form, the tests the short one.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, cast

import tests.proofs
from tests.key_service import TestKeyService

from chengxin.crypto.keys import create_missing
from chengxin.database.testing import TestDatabase

ROOT = Path(__file__).resolve().parents[1]
SETUP_DAY = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
Report = Callable[[str], None]
Counts = dict[str, int | float]


class Proof(Protocol):
    """What a module of `tests/proofs/` offers."""

    SUMMARY: str

    @staticmethod
    def run(short: bool, report: Report) -> Counts:
        """Attack, and return how often."""
        ...


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a proof counted, how long it took, and why it failed if it did."""

    name: str
    counts: Counts
    seconds: float
    failure: str = ""


def names() -> list[str]:
    """Return the proofs by name; a module that begins with an underscore is a part of one."""
    return sorted(found.name for found in pkgutil.iter_modules(tests.proofs.__path__) if found.name[0] != "_")


def load(name: str) -> Proof:
    """Return a proof."""
    return cast("Proof", importlib.import_module(f"tests.proofs.{name}"))


def use_test_keys() -> None:
    """Point the process at keys of the tests' own; to be called before the first use of a key."""
    os.environ["CHENGXIN_GUARD_KEY_FILE"] = str(ROOT / "var" / "test-guard.key")
    os.environ["CHENGXIN_KEYS"] = str(ROOT / "var" / "test-keys")
    create_missing(ROOT / "var" / "test-keys")


def furnished_database() -> TestDatabase:
    """Name a run's database, which nobody has made yet; the catalogue is loaded in it, as in every installation."""
    return TestDatabase(root=ROOT, furnish=_load_catalogue, furnished_from=[ROOT / "src" / "chengxin" / "catalogue"])


def _load_catalogue() -> None:
    from chengxin.catalogue import facade as catalogue

    catalogue.load(now=SETUP_DAY)


@contextmanager
def own_files() -> Iterator[None]:
    """Keep what is handed in in a folder that goes away."""
    from django.test import override_settings

    with (
        tempfile.TemporaryDirectory(prefix="chengxin-proof-") as folder,
        override_settings(FILES_ROOT=Path(folder) / "files", DEMO=True),
    ):
        yield


def prove(name: str, *, short: bool, report: Report) -> Outcome:
    """Run a proof on the present database and say what came out of it."""
    began = time.monotonic()
    counts: Counts = {}
    failure = ""
    with own_files():
        try:
            counts = load(name).run(short, report)
        except AssertionError as error:
            failure = str(error) or "An assertion without words failed."
    return Outcome(name=name, counts=counts, seconds=round(time.monotonic() - began, 1), failure=failure)


def prove_each(wanted: list[str], *, short: bool, report: Report) -> Iterator[Outcome]:
    """Run proofs one after the other, each on a fresh database, outside pytest."""
    use_test_keys()
    import django

    django.setup()
    from django.conf import settings
    from django.test.utils import setup_test_environment

    settings.SECRET_KEY = "a-key-for-tests-only"
    setup_test_environment()
    with furnished_database() as database, TestKeyService(database.url):
        for place, name in enumerate(wanted):
            if place:
                database.renew()
            yield prove(name, short=short, report=report)
