"""What every test runs in: a PostgreSQL of its own, no network, and no browser test passed over in silence.

Ask for `db` or `transactional_db` as usual: the connection is that of `chengxin_web`, so row security is on. Ask for
`owner` to look into the catalogue or to prepare what the web may not write. More in src/chengxin/database/README.md.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from collections.abc import Generator, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import Any

import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker
from tests.key_service import TestKeyService
from tests.proving import furnished_database, use_test_keys
from tests.worlds import Standing, worlds_of
from tools.chromium import find_chromium
from tools.red_lines import is_red_line

from chengxin.catalogue.shelf import follow
from chengxin.cli.main import collect_rarely
from chengxin.database.apart import end_session
from chengxin.database.testing import TestDatabase
from chengxin.kernel import clock

pytest_plugins = ["tests.browser_plugin"]

NO_CHROMIUM = "no Chromium was found (apt-get install chromium, or set CHENGXIN_CHROMIUM)"
DATABASE = {"db", "transactional_db", "django_db_setup", "own_cluster"}
DAY_OF_THE_TESTS = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
use_test_keys()
settings.SECRET_KEY = "a-key-for-tests-only"  # noqa: S105 - no secret
settings.LOG_HEARTBEATS = False  # A thread of its own would outlive the test's database.
collect_rarely()
# A busy machine is no fault of what is tested.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")


RUNNING = pytest.StashKey[TestDatabase]()
STANDING = Standing()


@pytest.fixture(scope="session")
def run_database() -> TestDatabase:
    """Name the run's database, which nobody has made yet."""
    return furnished_database()


@pytest.fixture(scope="session")
def key_service(run_database: TestDatabase) -> Iterator[TestKeyService]:
    """Run the real key service as a process of its own on the run's database and the tests' keys."""
    with TestKeyService(run_database.url) as service:
        yield service


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,  # noqa: ARG001 - a fixture is asked for by its name
    django_db_blocker: DjangoDbBlocker,
    run_database: TestDatabase,
    key_service: TestKeyService,  # noqa: ARG001 - whatever a page opens, it opens
    request: pytest.FixtureRequest,
) -> Iterator[TestDatabase]:
    """Give the run a fresh database, and Django the logins to it; take pytest-django's place."""
    with django_db_blocker.unblock(), run_database as database, pytest.MonkeyPatch.context() as patch:
        # The web may not TRUNCATE, so a test that commits leaves its database behind and gets a new one.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: database.renew())
        request.config.stash[RUNNING] = database
        yield database
        STANDING.end()


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give the next test a new database if this one told of a look: such an event is committed for good.

    The names of bodies, which a process keeps for a minute, are those of this test's database.
    """
    if (kept := sys.modules.get("chengxin.archives.bodies")) is not None:
        kept.forget_bodies()
    yield
    database = request.config.stash.get(RUNNING, None)
    if database is not None and end_session():
        with django_db_blocker.unblock():
            STANDING.forget_told(database)


@pytest.fixture
def worlds(
    request: pytest.FixtureRequest,
    django_db_setup: TestDatabase,
    django_db_blocker: DjangoDbBlocker,
) -> Standing:
    """Let the worlds of this test stand, and no other."""
    with django_db_blocker.unblock(), clock.simulated(DAY_OF_THE_TESTS):
        STANDING.begin_with(worlds_of(request.node), django_db_setup)
    return STANDING


@pytest.fixture(scope="session")
def no_world_stands(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> None:
    """Take the worlds down before a browser comes: once its driver has a loop in this thread, Django connects anew."""
    database = request.config.stash.get(RUNNING, None)
    if database is not None:
        with django_db_blocker.unblock():
            STANDING.begin_with([], database)
            connections.close_all()


@pytest.fixture
def _django_db_helper(worlds: Standing, _django_db_helper: None) -> None:
    """Begin the test's own transaction above its worlds."""


@pytest.fixture(autouse=True)
def servers_live_in_the_tests_time(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test's web server, whose threads know nothing of `simulated`, live a minute after the test's NOW.

    By the clock on the wall it would live ever further from what the test wrote, until some term has passed. So lives
    only what the database itself times (`wall_clock`).
    """
    if "live_server" in request.fixturenames and request.node.get_closest_marker("wall_clock") is None:
        moment = getattr(request.module, "NOW", DAY_OF_THE_TESTS) + timedelta(minutes=1)
        monkeypatch.setattr(clock, "_simulated", ContextVar("simulated_now", default=moment))


@pytest.fixture
def owner(
    db: None,  # noqa: ARG001 - a fixture is asked for by its name
    django_db_setup: TestDatabase,
) -> Iterator[psycopg.Connection[Any]]:
    """Connect as `chengxin_owner`; what the test does not commit is rolled back."""
    connection = psycopg.connect(django_db_setup.conninfo("chengxin_owner"))
    try:
        yield connection
    finally:
        connection.rollback()
        connection.close()


@pytest.fixture(scope="session", autouse=True)
def catalogue_of_the_files() -> None:
    """Let no test read the catalogue from a table it has not asked for: importing the site lets it follow the table."""
    follow(None)


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Refuse every connection that would leave this machine."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:  # noqa: ANN401 - as the original has it
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(address[0]):
            raise PermissionError(f"A test wanted to connect to {address[0]}; tests use no network.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, None, None]:
    """Mark by its fixtures what asks the run's database, so that `-m database` runs that; begin with the longest."""
    for item in items:
        if DATABASE & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db"):
            item.add_marker("database")
    yield
    # Begun last, the longest would be waited for alone.
    items.sort(key=lambda item: "test_proofs" not in item.nodeid)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Pass over a browser test where there is no browser."""
    if item.get_closest_marker("browser") and find_chromium() is None:
        pytest.skip(NO_CHROMIUM)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a skipped browser test in CI: there a browser is owed; fail a skipped test of a red line everywhere."""
    report = yield
    if report.skipped and is_red_line(item.name):
        report.outcome = "failed"
        report.longrepr = f"A red line is never passed over (red line 24), but this was: {report.longrepr}"
    if report.skipped and item.get_closest_marker("browser") and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"In CI every browser test runs, but this one was skipped: {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:  # noqa: ANN401 - pytest keeps the type private
    """Say at the end that browser tests were not run."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if NO_CHROMIUM in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} browser tests were not run: {NO_CHROMIUM}.")
