"""The tests' own PostgreSQL: a server without fsync, a template per state of the migrations, a database per run.

Ask for `db` or `transactional_db` as usual: the connection is that of `chengxin_web`, so row security is on. Ask for
`owner` to look into the catalogue or to prepare what the web may not write. More in src/chengxin/database/README.md.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from chengxin.database.testing import TestDatabase

ROOT = Path(__file__).resolve().parent
os.environ["CHENGXIN_GUARD_KEY_FILE"] = str(ROOT / "var" / "test-guard.key")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,  # noqa: ARG001 - a fixture is asked for by its name
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[TestDatabase]:
    """Give the run a fresh database, and Django the logins to it; take pytest-django's place."""
    with django_db_blocker.unblock(), TestDatabase(root=ROOT) as database, pytest.MonkeyPatch.context() as patch:
        # The web may not TRUNCATE, so a test that commits leaves its database behind and gets a new one.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: database.renew())
        yield database


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
