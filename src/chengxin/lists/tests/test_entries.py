"""What the table of list entries keeps, who reads it, and which entries stand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from chengxin.access import facade as access
from chengxin.archives.tests.conftest import citizen
from chengxin.crypto import facade as crypto
from chengxin.database.contracts import Channel
from chengxin.determinations.tests.conftest import DRAFTED, FINAL, PERSON, SERVED, until_entered
from chengxin.intake.tests.conftest import Office
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refused
from chengxin.lists import facade
from chengxin.lists.tests.conftest import (
    LISTING,
    entry_of,
    listed,
    record_of,
)
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind


@pytest.mark.clause("P5.2d")
def test_redline_15_a_listed_person_is_on_no_public_list_and_sees_its_own_entry(
    market: Office, firm: Actor, slip: Path
) -> None:
    lin = citizen("lin", PERSON["id_no"])
    found = until_entered(market, slip, {**PERSON, "severity": "严重"})
    cells = {**LISTING, "basis_document_no": found.number}
    with pytest.raises(Refused, match="LIST-OTHER-SUBJECT"):
        facade.draft_listing(market.clerk, "market", cells=cells, now=FINAL)
    who = {name: PERSON[name] for name in ("subject_name", "subject_kind", "id_type", "id_no")}
    listed(market, slip, later=FINAL - SERVED, **who, uscc="", basis_document_no=found.number)
    entry = entry_of(lin)
    assert (entry.kind, entry.public_at, entry.ended_at) == ("market", None, None)
    at = FINAL + timedelta(days=30)
    assert (facade.list_public("market", at=at, limit=10), facade.count_public(at=at)) == ([], {})
    assert facade.list_changes("market", after=0, limit=10) == []
    (given,) = facade.list_entries(at=at)
    assert (given.names, given.uscc, len(given.sealed_names), len(given.sealed_numbers)) == ((), "", 1, 1)
    assert "林禾舟" not in Client().get("/lists/market").content.decode()
    assert {code: facade.names_persons(kind, on=at.date()) for code, kind in facade.kinds().items()} == dict.fromkeys(
        facade.kinds(), False
    )


@pytest.mark.clause("P5.2d")
def test_the_database_lets_nobody_but_the_keeper_write_entries_and_no_person_be_public(
    market: Office, firm: Actor, slip: Path
) -> None:
    listed(market, slip)
    entry = entry_of(firm)
    for statement in (
        "update lists_entry set ended_at = now(), ended_because = 'expired', ended_event = id where id = %s",
        "insert into lists_change select 'market', 9, %s, true, '', now()",
    ):
        assert tried(statement, entry.id, market.approver) in {0, "denied"}
    assert entry_of(firm).ended_at is None


@pytest.mark.clause("P5.2d")
@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"subject_kind": "natural_person", "public_at": DRAFTED}, "lists_entry_person_not_public"),
        ({"ended_at": DRAFTED, "ended_event": UUID(int=9)}, "lists_entry_ended_with_reason"),
        ({"ended_at": DRAFTED, "ended_because": "expired"}, "lists_entry_ended_with_reason"),
        ({"ended_at": DRAFTED, "ended_because": "mood", "ended_event": UUID(int=9)}, "lists_entry_ended_with_reason"),
        ({"ended_because": "expired"}, "lists_entry_ended_with_reason"),
    ],
)
def test_the_table_keeps_no_public_person_and_no_end_without_reason_and_event(
    owner: psycopg.Connection[Any], changed: dict[str, Any], constraint: str
) -> None:
    row = {
        "id": UUID(int=1),
        "kind": "market",
        "subject_id": UUID(int=2),
        "subject_kind": "legal_person",
        "record_id": UUID(int=3),
        "item_code": "x",
        "body": "YTSJ",
        "listed_on": DRAFTED.date(),
        "listed_at": DRAFTED,
        "listed_event": UUID(int=4),
        "ended_because": "",
        **changed,
    }
    owner.execute("alter table lists_entry no force row level security")
    places = ", ".join(["%s"] * len(row))
    with pytest.raises(psycopg.errors.CheckViolation, match=constraint):
        owner.execute(f"insert into lists_entry ({', '.join(row)}) values ({places})", [*row.values()])


@pytest.mark.clause("P5.2d")
@pytest.mark.parametrize("kind", [None, *MarkKind])
def test_the_outlet_of_lists_lets_out_exactly_the_entries_that_stand(
    market: Office, firm: Actor, slip: Path, kind: MarkKind | None
) -> None:
    listed(market, slip)
    subject_id, record_id = record_of(entry_of(firm))
    if kind is not None:
        with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
            records.mark(
                subject_id=subject_id,
                record_id=record_id,
                kind=kind,
                reason="试验",
                reference="T-1",
                actor=market.approver,
                now=SERVED,
            )
    expected = {record_id} if kind in {None, MarkKind.OBJECTION} else set()
    assert facade_ids(firm, SERVED) == expected
    assert facade_ids(firm, datetime(2029, 12, 3, 16, tzinfo=UTC)) == set()


def facade_ids(firm: Actor, at: datetime) -> set[UUID]:
    """Return what leaves by the page, the snapshot and the changes, each asked on its own."""
    shown = {one.id for one in facade.list_public("market", at=at, limit=10)}
    head, lines = facade.read_signed(facade.snapshot("market", at=at), public_key=crypto.statement_signer().public_key)
    assert {UUID(line["entry"]) for line in lines} == shown
    _head, told = facade.read_signed(
        facade.changes("market", since=0, limit=9, at=at), public_key=crypto.statement_signer().public_key
    )
    assert {UUID(line["entry"]) for line in told if "name" in line} == shown
    assert head["lines"] == len(shown)
    return {entry.record_id for entry in facade.list_own(firm) if entry.id in shown}


def tried(statement: str, entry_id: UUID, actor: Actor) -> int | str:
    """Return how many rows an officer's statement reaches, or that row security denies it."""
    try:
        with (
            access.acting_for(actor, channel=Channel.BODY, purpose="case_handling"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [entry_id])
            return int(cursor.rowcount)
    except DatabaseError:
        return "denied"
