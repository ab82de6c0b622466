"""One session with the server, spoken to by the one call of libpq that waits (ADR 0044); nothing of Django.

Under row security a plan costs ten times its run, so a statement is prepared the first time it is asked. A cursor of
psycopg waits for the socket in steps of Python, a tenth of a millisecond of CPU for each statement; libpq's own call
takes a tenth of that and leaves the interpreter to other threads. Values go in and out by psycopg's adapters.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import count
from typing import Any, Final, TypeAlias
from weakref import WeakKeyDictionary

import psycopg
from psycopg import abc
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import DiagnosticField, Escaping, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGresult

Session: TypeAlias = psycopg.Connection[Any]
_DONE: Final = frozenset({ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK})
# How many statements a session keeps prepared: the server holds a plan of each.
MOST_PREPARED: Final = 300
_NAME: Final = re.compile(r"%\((\w+)\)s")
_names = count()
_prepared: WeakKeyDictionary[Session, OrderedDict[tuple[str, tuple[int, ...]], bytes]] = WeakKeyDictionary()


def ask_in(session: Session, statement: str, parameters: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a statement as a prepared one in a session and return its rows; raise what psycopg would."""
    adapter = Transformer.from_context(session)
    result = run_prepared(session, *_placed(statement, parameters), adapter)
    adapter.set_pgresult(result)
    return adapter.load_rows(0, result.ntuples, tuple)


def change_in(session: Session, statement: str, parameters: Sequence[Any] | Mapping[str, Any]) -> int:
    """Run a statement as a prepared one in a session and return how many rows it changed."""
    result = run_prepared(session, *_placed(statement, parameters), Transformer.from_context(session))
    return result.command_tuples or 0


def run_prepared(session: Session, statement: str, parameters: Sequence[Any], adapter: abc.Transformer) -> PGresult:
    """Run a statement as a prepared one in a session and return what the server answers, in text."""
    if _is_due(session):
        send(session, b"")
    values = adapter.dump_sequence(parameters, [PyFormat.AUTO] * len(parameters))
    name = _name_of(session, statement, adapter.types or ())
    # psycopg's own types do not say that a value may be None, which is NULL.
    result = session.pgconn.exec_prepared(name, values, adapter.formats, Format.TEXT)  # type: ignore[arg-type]
    return _checked(session, result)


def send(session: Session, statement: bytes) -> None:
    """Run a plain statement, in the same journey as the BEGIN that is due before it, if one is."""
    _checked(session, session.pgconn.exec_(b"begin;" + statement if _is_due(session) else statement))


def literal(session: Session, text: str) -> bytes:
    """Return a text as it stands in a plain statement."""
    return bytes(Escaping(session.pgconn).escape_literal(text.encode()))


def _is_due(session: Session) -> bool:
    return session.pgconn.transaction_status == TransactionStatus.IDLE and not session.autocommit


def _name_of(session: Session, statement: str, types: tuple[int, ...]) -> bytes:
    """Return the name of a prepared statement; it outlives a rollback, and makes way when long unasked."""
    known = _prepared.setdefault(session, OrderedDict())
    name = known.get((statement, types))
    if name is None:
        if len(known) >= MOST_PREPARED:
            send(session, b"deallocate " + known.popitem(last=False)[1])
        name = b"asked_%d" % next(_names)
        _checked(session, session.pgconn.prepare(name, _numbered(statement), types))
        known[statement, types] = name
    known.move_to_end((statement, types))
    return name


def _placed(statement: str, parameters: Sequence[Any] | Mapping[str, Any]) -> tuple[str, Sequence[Any]]:
    """Return a statement and its parameters by their places, also where they have names."""
    if not isinstance(parameters, Mapping):
        return statement, parameters
    placed, names = _named(statement)
    return placed, [parameters[name] for name in names]


@lru_cache(maxsize=1024)
def _named(statement: str) -> tuple[str, Sequence[str]]:
    return _NAME.sub("%s", statement), _NAME.findall(statement)


@lru_cache(maxsize=1024)
def _numbered(statement: str) -> bytes:
    """Return a statement with the server's own place holders."""
    first, *others = (part.replace("%%", "%") for part in statement.split("%s"))
    return (first + "".join(f"${place}{part}" for place, part in enumerate(others, 1))).encode()


def _checked(session: Session, result: PGresult) -> PGresult:
    if result.status in _DONE:
        return result
    if not result.error_field(DiagnosticField.SQLSTATE):
        # No server said this: it is gone, and libpq does not always know it by the status of the connection.
        raise psycopg.OperationalError(result.get_error_message())
    raise error_from_result(result, encoding=session.info.encoding)
