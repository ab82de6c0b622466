"""Acts of several who act at the same moment, written in one statement: each under its own signed context.

What is written beside the events of an act is what a function of another package writes from one JSON value. The
database lets each act stand whole or not at all; their answers leave together, after the one commit.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final, NoReturn

import orjson
import psycopg
from django.db import DatabaseError, connection, transaction

from chengxin.audit.contracts import Receipt
from chengxin.audit.drafts import Draft, receipts_of, refuse_to_disclose_unlogged, told
from chengxin.audit.log.writing import committed, writer
from chengxin.database.contracts import Context
from chengxin.database.facade import OtherContext, ask, present_context, signed_apart

_WRITE: Final = "select * from audit_act_together(%s::uuid, %s::text, %s::timestamptz, %s::json)"


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """What somebody tells of, in whose name, and what is written beside it: functions of the database by name."""

    context: Context
    drafts: Sequence[Draft]
    beside: Sequence[tuple[str, Any]] = ()


def write_acts(acts: Sequence[Act]) -> list[list[Receipt] | DatabaseError]:
    """Write acts in the running transaction; return the receipts of each, or why the database refused it.

    Raises `TransactionManagementError` outside a transaction and `Refused` while the log stands still, as
    `record_events` does.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An event is written in the transaction of its act.")
    if (present := present_context()) is not None:
        raise OtherContext(f"{present.actor_key} acts already, nobody else can act inside.")
    refuse_to_disclose_unlogged([one.event for act in acts for one in act.drafts])
    connection.ensure_connection()
    session, own = connection.connection, writer(connection.connection)
    sign = cache(partial(signed_apart, session))
    words = orjson.dumps([_as_told(act, *sign(act.context)) for act in acts]).decode()
    rows = ask(_WRITE, [own.id, os.environ.get("CHENGXIN_PROCESS", "web"), acts[0].drafts[0].event.at, words])
    answers = [
        receipts_of(act.drafts, writer_id=own.id, after=after) if refused is None else _error(refused)
        for act, (after, refused) in zip(acts, rows, strict=True)
    ]
    written = [receipt for one in answers if isinstance(one, list) for receipt in one]
    transaction.on_commit(partial(committed, own, written))
    return answers


def _as_told(act: Act, context: str, signature: str) -> dict[str, Any]:
    events = [told(one) for one in act.drafts]
    return {"context": context, "signature": signature, "events": events, "beside": act.beside}


def _error(refused: str) -> DatabaseError:
    """Return what Django raises for it, to be raised to its own asker."""
    state, _, why = refused.partition(" ")
    try:
        _raise(psycopg.errors.lookup(state)(why))
    except DatabaseError as error:
        return error


def _raise(error: psycopg.Error) -> NoReturn:
    with connection.wrap_database_errors:
        raise error
