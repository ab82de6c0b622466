"""Ask the key service for what it must not open, and break each of its refusals to see that this is noticed.

The desk of the service runs in this process, on its own login and a real database, so that it can be broken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from chengxin.audit import keydesk, opening
from chengxin.audit.actions import record_apart, record_events
from chengxin.audit.commitment import commitment
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.keyservice import value_of
from chengxin.audit.tests.test_key_service import NOW, OTHER, PERSON, READER, sealed_for
from chengxin.crypto.contracts import Covered, Open, Opened, Refused, Value
from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting

SUMMARY = "The key service opens exactly what a committed event covers, once and soon; each refusal broken is noticed."
Report = Callable[[str], None]
Why = Callable[..., str | None]


def run(short: bool, report: Report) -> dict[str, int | float]:
    """Attack the desk as it is, then with each refusal taken away."""
    rounds = 3 if short else 200
    counts: Counter[str] = Counter()
    for _ in range(rounds):
        opened = attack(counts)
        assert opened == [], f"it opened {', '.join(opened)}"
    report(f"{counts['refused']:,} requests refused")
    for name, breaks in MUTANTS.items():
        with pytest.MonkeyPatch.context() as patch:
            breaks(patch)
            assert attack(Counter()), f"nobody noticed that {name} is no longer refused"
    return {
        **dict(sorted(counts.items())),
        "opened_wrongly": 0,
        "mutants": len(MUTANTS),
        "mutants_caught": len(MUTANTS),
    }


def attack(counts: Counter[str]) -> list[str]:
    """Ask for what must not open, and return what opened; what must open is asked for as well."""
    desk = keydesk.KeyDesk(_login(), per_second=1e6, write=lambda _line: None)
    with closing(desk), acting(Context.of(READER, channel=Channel.SELF, purpose="own_archive")):
        mine = [value_of(one) for one in sealed_for(PERSON, "一", "二")]
        more = [value_of(one) for one in sealed_for(PERSON, "三")]
        others = [value_of(one) for one in sealed_for(OTHER, "四")]
        event = _committed(mine)
        tries: dict[str, tuple[UUID, Sequence[Value]]] = {
            "NO_EVENT": (uuid4(), mine),
            "NO_EVENT uncommitted": (record_events([_event(mine)])[0].event_id, mine),
            "OTHER_ROWS one of two": (event, mine[:1]),
            "OTHER_ROWS one more": (event, [*mine, *more]),
            "OTHER_ROWS others": (event, more),
            "OTHER_ROWS turned round": (event, mine[::-1]),
            "OTHER_SUBJECT": (_committed(others), others),
            "OTHER_SUBJECT none": (_committed(others, subject=None), others),
        }
        # The first that opens is enough: it has used its event up.
        opened = list(
            islice((name for name, asked in tries.items() if _opens(desk, *asked, name=name, counts=counts)), 1)
        )
        if opened:
            return opened
        assert _opens(desk, event, mine, name="", counts=counts), "what is covered does not open"
        opened += ["USED"] if _opens(desk, event, mine, name="USED", counts=counts) else []
        fresh = _committed(more)
        both = Covered(fresh.bytes, more)
        opened += [] if isinstance(desk.answer([(Open([both, both]), 1)])[0], Refused) else ["USED in one request"]
        later = keydesk.KeyDesk(_login(), per_second=1e6, write=lambda _line: None)
        with closing(later):
            opened += ["STALE"] if _opens(later, fresh, more, name="STALE", counts=counts) else []
    return opened


def _opens(desk: keydesk.KeyDesk, event: UUID, values: Sequence[Value], *, name: str, counts: Counter[str]) -> bool:
    (reply,) = desk.answer([(Open([Covered(event.bytes, list(values))]), 1)])
    if isinstance(reply, Refused):
        counts["refused"] += 1
        counts[f"refused_{reply.reason.lower()}"] += 1
        assert not name or name.startswith(reply.reason), f"{name} was refused as {reply.reason}"
    return isinstance(reply, Opened)


def _event(values: Sequence[Value], subject: UUID | None = PERSON) -> Event:
    event = Event(kind=Kind.DISCLOSE, actor=READER, at=NOW, purpose="own_archive", channel="self", subject_id=subject)
    return replace(event, opens=commitment(values))


def _committed(values: Sequence[Value], subject: UUID | None = PERSON) -> UUID:
    return record_apart([_event(values, subject)])[0].event_id


def _login() -> str:
    given: dict[str, Any] = connection.settings_dict
    return make_conninfo(host=given["HOST"], port=given["PORT"], dbname=given["NAME"], user="chengxin_keys")


def _forgives(*codes: str) -> Callable[[pytest.MonkeyPatch], None]:
    """Return what lets through what is refused for these reasons alone."""

    def breaks(patch: pytest.MonkeyPatch) -> None:
        asked: Why = opening.why_not_open
        patch.setattr(keydesk, "why_not_open", lambda *a, **k: None if (why := asked(*a, **k)) in codes else why)

    return breaks


def _forgets(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(keydesk.KeyDesk, "_use", lambda *_: None)


MUTANTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    **{code: _forgives(code) for code in ("NO_EVENT", "OTHER_ROWS", "OTHER_SUBJECT", "USED", "STALE")},
    "an event used before": _forgets,
}
