"""Looks that are committed before anything opens: those of the same moment in one commit (ADR 0043).

Each act comes with the signed context of its own transaction, and the database writes each under that context alone.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
import psycopg
from django.db import connection

from chengxin.audit.contracts import Event, Receipt
from chengxin.audit.drafts import Draft, draft, receipts_of, told
from chengxin.audit.log.writing import chain, collect, writer
from chengxin.audit.together import Together
from chengxin.database.contracts import Context
from chengxin.database.facade import get_context, second_session, signed_apart, write_apart

MOST: Final = 64
_TELL: Final = "select audit_tell_together(%s::uuid, %s::text, %s::bigint, %s::timestamptz, %s::json)"


@dataclass(frozen=True, slots=True)
class _Act:
    """What one thread tells of, and in whose name."""

    context: Context
    drafts: Sequence[Draft]


def tell_apart(events: Sequence[Event]) -> list[Receipt]:
    """Commit what whoever acts tells of, beside the running transaction; return the receipts when it stands."""
    answer = _together(_Act(get_context(), draft(events)))
    if isinstance(answer, str):
        state, _, why = answer.partition(" ")
        with connection.wrap_database_errors:
            raise psycopg.errors.lookup(state)(why)
    collect(answer)
    return answer


def _write(acts: Sequence[_Act]) -> list[list[Receipt] | str]:
    """Commit acts and return the receipts of each, or the error the database refused it with."""
    session = second_session()
    own = writer(session)
    after, process = own.counter, os.environ.get("CHENGXIN_PROCESS", "web")
    words = orjson.dumps([_signed(session, act) for act in acts]).decode()
    ((errors,),) = write_apart(session, _TELL, [own.id, process, after, acts[0].drafts[0].event.at, words])
    answers: list[list[Receipt] | str] = []
    for act, error in zip(acts, errors, strict=True):
        if error:
            answers.append(error)
            continue
        receipts = receipts_of(act.drafts, writer_id=own.id, after=after)
        chain(own, receipts)
        after += len(receipts)
        answers.append(receipts)
    return answers


def _signed(session: psycopg.Connection[Any], act: _Act) -> dict[str, Any]:
    context, signature = signed_apart(session, act.context)
    return {"context": context, "signature": signature, "events": [told(one) for one in act.drafts]}


_together: Together[_Act, list[Receipt] | str] = Together(_write, most=MOST)
