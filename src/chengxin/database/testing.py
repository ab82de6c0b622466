"""The tests' database: a forgetful server per checkout, a template per state of the code, a copy per run.

`furnish` writes into the template, once, what every test would otherwise write anew; it runs as the web.

What a test committed is deleted again, and the database is what its template is; a copy costs ten times as much, so
it is made only where a test changed what the template holds, and now and then, because deleted rows leave their place.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connections
from psycopg.sql import SQL, Identifier

from chengxin.database import roles
from chengxin.database.binaries import find_binaries, major_version
from chengxin.database.connection import Address, Process
from chengxin.database.embedded import EmbeddedServer
from chengxin.database.guard_key import key_file, make_key
from chengxin.database.prepare import prepare

BUILD_LOCK = 0x63785F74
KEPT_TEMPLATES = 3
WIPES_PER_COPY = 50
_TABLES = """
    select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and c.relpersistence <> 't' and n.nspname !~ '^(pg_|information_schema)' order by 1
"""
# What a statement about the schema would leave a trace in: tables, rights, columns, policies, functions and so on.
_CATALOGUES = (
    *("pg_class", "pg_attribute", "pg_attrdef", "pg_policy", "pg_proc", "pg_trigger", "pg_constraint", "pg_type"),
    *("pg_rewrite", "pg_default_acl", "pg_db_role_setting"),
)
Prints = dict[str, list[object]]
"""Of each table how many rows it has and the youngest transaction that wrote one of them."""
_END_SESSIONS = """
    select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and pid <> %s and usename <> %s
"""
PATIENCE, MOMENT = 5, 0.002
"""Seconds for ended sessions to be gone, and between two looks; `pg_terminate_backend` looks ten times a second."""


@dataclass(frozen=True)
class Mark:
    """A moment: the first transaction not committed by then, and the rows of each table the template leaves empty."""

    transaction: int
    rows: dict[str, int]


NOTHING_YET = Mark(0, {})


class TestDatabase:
    """One run's database; `with` starts the server if needed, and the last run to leave stops it."""

    __test__ = False

    def __init__(
        self, *, root: Path, furnish: Callable[[], object] = lambda: None, furnished_from: Iterable[Path] = ()
    ) -> None:
        binaries = find_binaries()
        self._root = root
        self._home = root / "var" / f"test-postgres-{major_version(binaries)}"
        self._server = EmbeddedServer(self._home, durable=False, binaries=binaries)
        self._name = f"run_{os.getpid()}_{secrets.token_hex(3)}"
        self._furnish = furnish
        self._wipes = 0
        self._keeper: psycopg.Connection[tuple[object, ...]] | None = None
        self._tables: list[str] = []
        self._furnished: Prints = {}
        self._template = f"template_{state_of(root, furnished_from)}"

    def __enter__(self) -> Self:
        self._home.parent.mkdir(parents=True, exist_ok=True)
        self._users = Path(f"{self._home}.users").open("w")
        try:
            fcntl.flock(self._users, fcntl.LOCK_SH)
            self._server.start()
            with self._admin() as admin:
                # One run builds the template; the others wait for it.
                admin.execute("select pg_advisory_lock(%s)", [BUILD_LOCK])
                if not self._exists(admin, self._template):
                    self._build(admin)
            self._create()
        except BaseException:
            self._users.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._drop()
        try:
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass  # Others still use the server; the last of them stops it.
        else:
            self._tidy()
            self._server.stop()
        self._users.close()

    def conninfo(self, user: str) -> str:
        """Return how to connect to the run's database as one login."""
        return self._server.conninfo(user=user, dbname=self._name)

    @property
    def url(self) -> str:
        """Return the address of the run's database as `DATABASE_URL` names it."""
        return f"postgresql:///{self._name}?host={quote(str(self._server.socket_directory), safe='')}"

    def renew(self) -> None:
        """Make the run's database again what its template is."""
        if not self._wipe():
            self._drop()
            self._create()

    def _admin(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self._server.conninfo(), autocommit=True)

    def _address(self, name: str) -> Address:
        return Address(host=str(self._server.socket_directory), port=self._server.port, name=name)

    @staticmethod
    def _exists(admin: psycopg.Connection[tuple[object, ...]], name: str) -> bool:
        return admin.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is not None

    def _build(self, admin: psycopg.Connection[tuple[object, ...]]) -> None:
        building = f"building_{secrets.token_hex(6)}"
        try:
            prepare(
                self._address(building),
                guard_key=make_key(key_file()),
                admin=self._server.conninfo(),
                progress=lambda _line: None,
            )
            self._log_in_to(self._address(building))
            self._furnish()
            connections.close_all()
        except BaseException:
            connections.close_all()
            _drop(admin, [building])
            raise
        admin.execute(SQL("alter database {} rename to {}").format(Identifier(building), Identifier(self._template)))

    def _create(self) -> None:
        with self._admin() as admin:
            roles.ensure_database(admin, name=self._name, template=self._template)
        with psycopg.connect(self.conninfo("postgres"), autocommit=True) as admin:
            self._tables = _tables(admin)
            self._furnished = _prints(admin, [*_filled(admin, self._tables), *_CATALOGUES])
        self._log_in_to(self._address(self._name))

    @staticmethod
    def _log_in_to(address: Address) -> None:
        """Give Django the logins to a database."""
        wanted = {"default": address.django_settings(Process.WEB), "owner": address.django_settings(Process.OWNER)}
        for alias, configured in connections.configure_settings(wanted).items():
            connections.settings[alias] = configured
            connections[alias].settings_dict = configured
            settings.DATABASES[alias] = configured

    def _wipe(self) -> bool:
        """Delete what was added, and tell whether the database then is what its template is."""
        self._wipes += 1
        if self._wipes % WIPES_PER_COPY == 0:
            return False
        connections.close_all()
        return self.go_back(NOTHING_YET, beside=0)

    def mark(self) -> Mark:
        """Remember what is committed by now."""
        admin = self._kept()
        found = admin.execute("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint").fetchone()
        added = _filled(admin, [table for table in self._tables if table not in self._furnished])
        return Mark(int(str(found[0])) if found else 0, _counts(admin, added, before=None))

    def go_back(self, mark: Mark, *, beside: int) -> bool:
        """Delete what was committed since, while one session stays in its transaction; tell whether that was enough."""
        try:
            return self._wiped(self._kept(), mark, beside=beside)
        except psycopg.OperationalError:  # a test ended every session, or the server; or a row is held
            return False

    def _wiped(self, admin: psycopg.Connection[tuple[object, ...]], mark: Mark, *, beside: int) -> bool:
        until = time.monotonic() + PATIENCE
        # The key service only reads.
        while admin.execute(_END_SESSIONS, [beside, roles.KEYS]).rowcount:
            if time.monotonic() > until:
                return False
            time.sleep(MOMENT)
        if _tables(admin) != self._tables:
            return False
        for table in _filled(admin, [table for table in self._tables if table not in self._furnished]):
            admin.execute(f"delete from {table} where xmin::text::bigint >= {mark.transaction}")
        if _counts(admin, mark.rows, before=mark.transaction) != mark.rows:
            return False
        return _prints(admin, self._furnished) == self._furnished

    def _kept(self) -> psycopg.Connection[tuple[object, ...]]:
        """Return the one session that wipes: it knows every table, and has its questions planned."""
        if self._keeper is None:
            self._keeper = psycopg.connect(self.conninfo("postgres"), autocommit=True, prepare_threshold=0)
            self._keeper.execute("set session_replication_role = replica")
            self._keeper.execute(f"set lock_timeout = '{PATIENCE}s'")
        return self._keeper

    def _drop(self) -> None:
        connections.close_all()
        if self._keeper is not None:
            self._keeper.close()
            self._keeper = None
        with self._admin() as admin:
            _drop(admin, [self._name])

    def _tidy(self) -> None:
        with self._admin() as admin:
            rows = admin.execute("select datname, oid from pg_database where not datistemplate order by oid").fetchall()
            names = [str(name) for name, _ in rows]
            templates = [name for name in names if name.startswith("template_")]
            _drop(admin, [*templates[:-KEPT_TEMPLATES], *(n for n in names if n.startswith(("run_", "building_")))])


def _tables(admin: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    return [str(table) for (table,) in admin.execute(_TABLES).fetchall()]


def _filled(admin: psycopg.Connection[tuple[object, ...]], tables: Iterable[str]) -> list[str]:
    """Return those of the tables that hold a row."""
    asked = (f"select '{table}' where exists (select from {table})" for table in tables)
    return [str(table) for (table,) in admin.execute(" union all ".join(asked)).fetchall()]


def _counts(
    admin: psycopg.Connection[tuple[object, ...]], tables: Iterable[str], *, before: int | None
) -> dict[str, int]:
    only = "" if before is None else f" where xmin::text::bigint < {before}"
    asked = " union all ".join(f"select '{table}', count(*) from {table}{only}" for table in tables)
    return {str(table): int(str(rows)) for table, rows in admin.execute(asked).fetchall()} if asked else {}


def _prints(admin: psycopg.Connection[tuple[object, ...]], tables: Iterable[str]) -> Prints:
    asked = (f"select '{table}', count(*), max(xmin::text::bigint) from {table}" for table in tables)
    return {str(table): found for table, *found in admin.execute(" union all ".join(asked)).fetchall()}


def _drop(admin: psycopg.Connection[tuple[object, ...]], names: Iterable[str]) -> None:
    for name in names:
        admin.execute(SQL("drop database if exists {} with (force)").format(Identifier(name)))


def state_of(root: Path, furnished_from: Iterable[Path]) -> str:
    """Name a state of everything that shapes a database: migrations, SQL, this package, locked dependencies, more."""
    source = root / "src" / "chengxin"
    files = [
        *source.glob("*/migrations/*.py"),
        *source.glob("*/sql/*"),
        *source.glob("database/*.py"),
        root / "uv.lock",
        *(file for folder in furnished_from for file in folder.rglob("*") if file.suffix in {".py", ".yaml"}),
    ]
    state = hashlib.sha256(repr(settings.INSTALLED_APPS).encode())
    for file in sorted(set(files)):
        state.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes() + b"\0")
    return state.hexdigest()[:16]
