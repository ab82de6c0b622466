"""Bring a database to the state this release needs: roles, schemas, migrations, grants, the guard's key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from psycopg.sql import SQL, Identifier

from chengxin.database.connection import (
    SEARCH_PATH,
    TIMEOUTS,
    Address,
    Process,
    address_of,
    embedded_server,
    is_embedded,
)
from chengxin.database.grants import Grant, GrantError, declared, is_ours
from chengxin.database.guard_key import key_blocks, obtain_key
from chengxin.database.roles import (
    APP,
    KEYS,
    PREPARE_LOCK,
    SEQUENCER,
    WEB,
    WORKER,
    close_to_strangers,
    ensure_database,
    ensure_roles,
)

Progress = Callable[[str], None]
OWNER_ALIAS = "owner"
VENDOR_SEARCH_PATH = "vendor,public"


class NotPrepared(RuntimeError):
    """Say what is missing before this database can be prepared."""


def prepare(address: Address, *, guard_key: bytes, admin: str | None = None, progress: Progress = print) -> None:
    """Prepare a database; running it again changes nothing.

    `admin` is the connection string of an administrator who may create roles and databases; without it both must
    be there already. Everything else is done as `chengxin_owner`.
    """
    if admin is not None:
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute("select pg_advisory_lock(%s)", [PREPARE_LOCK])
            ensure_roles(connection)
            ensure_database(connection, name=address.name)
    with owner_connection(address) as owner:
        with owner.cursor() as cursor:
            cursor.execute("set lock_timeout = 0")  # Another preparation may take minutes; nothing else may.
            cursor.execute("select pg_advisory_lock(%s)", [PREPARE_LOCK])
            cursor.execute(f"set lock_timeout = '{TIMEOUTS[Process.OWNER]['lock_timeout']}'")
            close_to_strangers(cursor.connection, name=address.name)
            cursor.execute("create schema if not exists vendor")
            # Periods that may not overlap need GiST indexes over plain values; the extension is a trusted one.
            cursor.execute("create extension if not exists btree_gist schema vendor")
            cursor.execute("alter schema public owner to chengxin_owner")
        migrate(owner, progress=progress)
        with owner.cursor() as cursor:
            apply_grants(cursor.connection)
            install_key(cursor.connection, guard_key)
            cursor.execute("select pg_advisory_unlock(%s)", [PREPARE_LOCK])


def prepare_installation(environ: Mapping[str, str], *, progress: Progress = print) -> None:
    """Prepare the database of this installation, starting the embedded server when it is that one."""
    if is_embedded(environ):
        admin: str | None = embedded_server(environ).start().conninfo()
    else:
        admin = environ.get("DATABASE_ADMIN_URL") or None
    prepare(address_of(environ), guard_key=obtain_key(environ), admin=admin, progress=progress)


@contextmanager
def owner_connection(address: Address) -> Iterator[BaseDatabaseWrapper]:
    """Give Django a connection of the owner's login under the alias `owner`, and take it away again."""
    configured = connections.configure_settings(
        {"default": dict(connections.settings["default"]), OWNER_ALIAS: address.django_settings(Process.OWNER)}
    )
    before = connections.settings.get(OWNER_ALIAS)
    connections.settings[OWNER_ALIAS] = configured[OWNER_ALIAS]
    try:
        yield connections[OWNER_ALIAS]
    finally:
        connections[OWNER_ALIAS].close()
        del connections[OWNER_ALIAS]
        if before is None:
            del connections.settings[OWNER_ALIAS]
        else:
            connections.settings[OWNER_ALIAS] = before


def migrate(owner: BaseDatabaseWrapper, *, progress: Progress) -> None:
    """Apply all migrations, our tables into `public`, those of third parties into `vendor`."""

    def place(action: str, migration: Migration | None = None, fake: bool | None = False) -> None:  # noqa: ARG001
        if action == "apply_start" and migration is not None:
            ours = is_ours(apps.get_app_config(migration.app_label).name)
            _set_search_path(owner, SEARCH_PATH if ours else VENDOR_SEARCH_PATH)
            progress(f"migrate {migration.app_label} {migration.name}")

    _set_search_path(owner, VENDOR_SEARCH_PATH)
    executor = MigrationExecutor(owner, place)
    executor.loader.check_consistent_history(owner)
    if conflicts := executor.loader.detect_conflicts():
        raise NotPrepared(f"Two migrations claim to be the last of: {', '.join(sorted(conflicts))}.")
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    executor.migrate(executor.loader.graph.leaf_nodes(), plan)
    _set_search_path(owner, SEARCH_PATH)
    if plan:
        emit_post_migrate_signal(0, False, OWNER_ALIAS, plan=plan)


def _set_search_path(owner: BaseDatabaseWrapper, path: str) -> None:
    with owner.cursor() as cursor:
        cursor.execute(f"set search_path = {path}")


def apply_grants(owner: psycopg.Connection[Any]) -> None:
    """Replace all grants by the declared ones, in one transaction, so that no login meets a moment between."""
    with owner.transaction():
        everybody = ", ".join(("public", APP, WEB, WORKER, SEQUENCER, KEYS))
        for schema in ("public", "vendor"):
            owner.execute(f"revoke all on schema {schema} from {everybody}")
            owner.execute(f"grant usage on schema {schema} to {APP}")
            for kind in ("tables", "sequences"):
                owner.execute(f"revoke all on all {kind} in schema {schema} from {everybody}")
        owner.execute(f"grant usage on schema public to {SEQUENCER}, {KEYS}")
        # Sessions end: third-party tables hold no facts about anybody's credit.
        owner.execute(f"grant select, insert, update, delete on all tables in schema vendor to {APP}")
        owner.execute(f"grant usage on all sequences in schema vendor to {APP}")
        owner.execute(f"revoke insert, update, delete on vendor.django_migrations from {APP}")
        for grant in sorted(declared().grants):
            _apply(owner, grant)


def _apply(owner: psycopg.Connection[Any], grant: Grant) -> None:
    column = SQL("({})").format(Identifier(grant.column)) if grant.column else SQL("")
    try:
        owner.execute(
            SQL("grant {} {} on public.{} to {}").format(
                SQL(grant.privilege),
                column,
                Identifier(grant.table),
                Identifier(grant.role),
            )
        )
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn) as error:
        raise GrantError(f"A grants.yaml names what is not there: {error}") from error


def install_key(owner: psycopg.Connection[Any], key: bytes) -> None:
    """Make a key the guard's current one; the one it replaces stays valid until the next change."""
    inner, outer = key_blocks(key)
    with owner.transaction():
        row = owner.execute("select inner_block from guard.signing_key where slot = 'current'").fetchone()
        if row is not None and bytes(row[0]) == inner:
            return
        if row is not None:
            owner.execute("delete from guard.signing_key where slot = 'previous'")
            owner.execute("update guard.signing_key set slot = 'previous' where slot = 'current'")
        owner.execute(
            "insert into guard.signing_key (slot, inner_block, outer_block) values ('current', %s, %s)",
            [inner, outer],
        )
