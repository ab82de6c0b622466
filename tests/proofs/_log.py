"""A log to tamper with: writers that live on, a witness that has seen it, receipts in some hands, events that wait."""

from __future__ import annotations

import json
import time
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, connections, transaction

from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind, Receipt, Tree
from chengxin.audit.log import writing
from chengxin.audit.log.export import export_log
from chengxin.audit.log.notes import checkpoint_text, sign_note
from chengxin.audit.log.reading import growth
from chengxin.audit.log.sequencer import LogBroken, Sequencer
from chengxin.audit.log.tree import Edge
from chengxin.crypto.facade import hash_named, signer
from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting
from chengxin.kernel.actor import Actor, Role
from chengxin_verify.log import Verdict, verify_log
from chengxin_verify.notes import Checkpoint, Key, Unproven, read_checkpoint, read_keys
from chengxin_verify.papers import check_content, find_receipts, require_growth

CLERK = Actor(key="account:7", roles=frozenset({Role.CLERK}), body="MARKET", area="390100")
new = hash_named("sha256")


@dataclass
class World:
    """What stands before each attack, and what is held outside the attacker's reach."""

    keys: dict[str, Key]
    writers: list[writing.Writer] = field(default_factory=list)
    receipts: list[dict[str, Any]] = field(default_factory=list)
    witnessed: dict[Tree, Checkpoint] = field(default_factory=dict)


@dataclass
class Caught:
    """Who noticed an attack."""

    by: set[str] = field(default_factory=set)
    why: list[str] = field(default_factory=list)


@contextmanager
def logged_in(login: str) -> Iterator[None]:
    """Let the block use another login to the same database."""
    main = connections[DEFAULT_DB_ALIAS]
    other = type(main)({**main.settings_dict, "USER": login}, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = other
    try:
        yield
    finally:
        other.close()
        connections[DEFAULT_DB_ALIAS] = main


class Going:
    """Let the log go on during a long proof: nothing is disclosed once it has stood still for five minutes."""

    EVERY = 30.0

    def __init__(self) -> None:
        self._laid_down_at = time.monotonic()

    def on(self) -> None:
        """Lay down what waits, as the sequencer with its own login, if that was not done lately."""
        if time.monotonic() - self._laid_down_at > self.EVERY:
            with logged_in("chengxin_sequencer"):
                audit.sequence(once=True)
            self._laid_down_at = time.monotonic()


def build(*, rounds: int, each: int) -> World:
    """Let three sessions write, sequence and witness round by round, and leave the last round waiting."""
    writing._unsigned.clear()
    world = World(keys=read_keys(audit.public_keys().splitlines()))
    for place in range(rounds):
        for _ in range(3):
            with logged_in("chengxin_web"), acting(Context.of(CLERK, channel=Channel.BODY, purpose="supervision")):
                receipts = audit.record_events([_event(number) for number in range(each)])
                writer = writing.writer(connection.connection)
                transaction.on_commit(lambda writer=writer: world.writers.append(writer))
            world.receipts += [_paper(receipt) for receipt in receipts[::4]]
        if place < rounds - 1:
            audit.beat(now=datetime.now(UTC))
            with logged_in("chengxin_sequencer"):
                audit.sequence(once=True)
            world.witnessed = {tree: read_checkpoint(growth(tree, since=0)["checkpoint"], world.keys) for tree in Tree}
    return world


def _event(number: int) -> Event:
    return Event(
        kind=Kind.PUBLISH if number % 10 == 9 else Kind.DISCLOSE,
        actor=CLERK,
        at=datetime.now(UTC),
        purpose="supervision",
        channel="body",
        subject_id=uuid4(),
        categories=("penalty",),
        fields=("subjects_person.name",),
    )


def _paper(receipt: Receipt) -> dict[str, Any]:
    return {
        "event": str(receipt.event_id),
        "writer": str(receipt.writer_id),
        "counter": receipt.counter,
        "leaf": receipt.leaf.hex(),
        "signature": audit.sign_receipt(receipt).hex(),
        "key": f"{settings.LOG_ORIGIN}/writer",
    }


def live_on(world: World) -> None:
    """Do what happens within seconds of any attack: the writers sign how far they are, the sequencer goes on."""
    writing._unsigned.update({writer.id: writer for writer in world.writers})
    audit.beat(now=datetime.now(UTC))
    Sequencer().step()


def look(world: World, folder: Path) -> Caught:
    """Have everybody look who may: the sequencer, the verifier, the holders of receipts, the witness."""
    caught = Caught()
    try:
        live_on(world)
    except (LogBroken, IntegrityError) as error:
        caught.by.add("sequencer")
        caught.why.append(str(error))
    export_log(folder, content=True)
    verdict, trees = verify_log(folder, world.keys, processes=1)
    if trees:
        check_content(folder / "content.jsonl", folder, trees, verdict)
    if verdict.broken:
        caught.by.add("verifier")
    if verdict.attention:
        caught.by.add("attention")
    held = Verdict()
    find_receipts(world.receipts, trees, world.keys, held)
    if held.broken:
        caught.by.add("receipts")
    caught.why += [*verdict.broken, *verdict.attention, *held.broken, *_witness(world, caught)]
    return caught


def _witness(world: World, caught: Caught) -> list[str]:
    why = []
    for tree, seen in world.witnessed.items():
        try:
            paper = json.loads(json.dumps(growth(tree, since=seen.size)))
            path = [b64decode(part) for part in paper["path"]]
            require_growth(seen, read_checkpoint(paper["checkpoint"], world.keys), path)
        except Exception as error:  # noqa: BLE001 - a log that does not answer its witness is not believed either
            caught.by.add("witness")
            why.append(f"witness: {error}" if isinstance(error, Unproven) else f"witness: {type(error).__name__}")
    return why


def entries(tree: Tree) -> list[tuple[UUID, bytes]]:
    """Return event and entry of each leaf of a tree."""
    with connection.cursor() as cursor:
        cursor.execute("select event_id, entry from audit_leaf where tree = %s order by index", [tree])
        return [(event, bytes(entry)) for event, entry in cursor.fetchall()]


def rewrite(tree: Tree, leaves: Sequence[tuple[UUID, bytes]]) -> None:
    """Rewrite a tree whole and sign it with the log's own key: what its thief can do."""
    edge = Edge(new=new)
    tiles = edge.extend([new(b"\x00" + entry).digest() for _event, entry in leaves])
    name, at = f"{settings.LOG_ORIGIN}/{tree}", datetime.now(UTC)
    text = checkpoint_text(origin=name, size=edge.size, root=edge.root(), hash_name="sha256", at=at)
    note = sign_note(text, name=name, signer=signer("log"))
    with connection.cursor() as cursor:
        for table in ("leaf", "tile", "checkpoint"):
            cursor.execute(f"delete from audit_{table} where tree = %s", [tree])
        rows = [(tree, index, event, entry) for index, (event, entry) in enumerate(leaves)]
        cursor.executemany("insert into audit_leaf (tree, index, event_id, entry) values (%s, %s, %s, %s)", rows)
        cursor.executemany(
            "insert into audit_tile (tree, level, index, hashes) values (%s, %s, %s, %s)",
            [(tree, level, index, tile) for (level, index), tile in tiles.items()],
        )
        cursor.execute(
            "insert into audit_checkpoint (tree, size, root, hash_name, note, at) values (%s, %s, %s, %s, %s, %s)",
            [tree, edge.size, edge.root(), "sha256", note, at],
        )


def roll_back(tree: Tree) -> None:
    """Put a tree back to the oldest checkpoint that is kept, signature and all."""
    ((size,),) = sql("select min(size) from audit_checkpoint where tree = %s and size > 0", tree)
    leaves = [new(b"\x00" + entry).digest() for _event, entry in entries(tree)[:size]]
    sql("delete from audit_event using audit_leaf where event_id = id and tree = %s and index >= %s", tree, size)
    sql("delete from audit_leaf where tree = %s and index >= %s", tree, size)
    sql("delete from audit_checkpoint where tree = %s and size > %s", tree, size)
    for (level, index), tile in Edge(new=new).extend(leaves).items():
        sql("update audit_tile set hashes = %s where (tree, level, index) = (%s, %s, %s)", tile, tree, level, index)


def sql(statement: str, *parameters: object) -> list[tuple[Any, ...]]:
    """Run what somebody with every right on the database runs."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []
