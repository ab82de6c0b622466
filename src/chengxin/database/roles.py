"""The roles of the platform in PostgreSQL, and who may enter which database."""

from __future__ import annotations

from typing import Any, Final

from psycopg import Connection
from psycopg.sql import SQL, Identifier

OWNER: Final = "chengxin_owner"
APP: Final = "chengxin_app"
WEB: Final = "chengxin_web"
WORKER: Final = "chengxin_worker"
SEQUENCER: Final = "chengxin_sequencer"
"""No member of the group: it reads no fact about anybody, it only lays the log's leaves in order."""
KEYS: Final = "chengxin_keys"
"""No member of the group either: it sees which committed event opens what, and nothing else."""

_HARMLESS: Final = "nosuperuser nobypassrls nocreatedb nocreaterole noreplication"
_ATTRIBUTES: Final = {
    OWNER: f"login {_HARMLESS}",
    APP: f"nologin {_HARMLESS}",
    WEB: f"login inherit {_HARMLESS}",
    WORKER: f"login inherit {_HARMLESS}",
    SEQUENCER: f"login {_HARMLESS}",
    KEYS: f"login {_HARMLESS}",
}
PREPARE_LOCK: Final = 0x63785F70  # 'cx_p': one preparation at a time in a cluster.


def ensure_roles(admin: Connection[Any]) -> None:
    """Create the roles, or bring them back to what they must be; an administrator's connection does it."""
    for role, attributes in _ATTRIBUTES.items():
        known = admin.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone()
        verb = "alter" if known else "create"
        admin.execute(SQL(f"{verb} role {{}} with {attributes}").format(Identifier(role)))
    # Members use what the group may do, and can neither become it nor anyone above.
    option = " with inherit true, set false" if admin.info.server_version >= 160000 else ""
    for login in (WEB, WORKER):
        statement = f"grant {{}} to {{}}{option}"
        admin.execute(SQL(statement).format(Identifier(APP), Identifier(login)))


def roles_script() -> str:
    """Return the same as SQL for a database administrator who grants no one else that right."""
    lines = [f"create role {role} with {attributes};" for role, attributes in _ATTRIBUTES.items()]
    lines += [f"grant {APP} to {login};" for login in (WEB, WORKER)]
    lines += ["create database chengxin owner chengxin_owner template template0 encoding 'UTF8';"]
    lines += [rf"\password {login}" for login in (OWNER, WEB, WORKER, SEQUENCER, KEYS)]
    return "\n".join(lines) + "\n"


def ensure_database(admin: Connection[Any], *, name: str, template: str = "template0") -> None:
    """Create a database that belongs to the owner, unless it is there, and close it to strangers."""
    if not admin.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
        admin.execute(
            SQL("create database {} owner {} template {}").format(
                Identifier(name), Identifier(OWNER), Identifier(template)
            )
        )
    close_to_strangers(admin, name=name)


def close_to_strangers(connection: Connection[Any], *, name: str) -> None:
    """Let only our logins connect to a database and use TEMP tables in it."""
    connection.execute(SQL("revoke all on database {} from public").format(Identifier(name)))
    connection.execute(SQL("grant connect, temporary on database {} to {}").format(Identifier(name), Identifier(APP)))
    for login in (SEQUENCER, KEYS):
        connection.execute(SQL("grant connect on database {} to {}").format(Identifier(name), Identifier(login)))
