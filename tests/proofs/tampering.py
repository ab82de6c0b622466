"""Nobody who may change the whole database, or has stolen the log's key, changes the log without being found.

Each trial changes one real log as a superuser, lets the platform live on for a heartbeat, and asks sequencer, verifier,
holders of receipts (a quarter of all) and a witness that is one batch behind; then everything is rolled back.
"""

from __future__ import annotations

import random
import struct
import tempfile
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.test import override_settings
from tests.proofs._log import Caught, World, build, entries, logged_in, look, new, rewrite, roll_back, sql

from chengxin.audit import models
from chengxin.audit.contracts import Tree
from chengxin.audit.log.entries import commit
from chengxin.audit.log.reading import event_proof, row_content
from chengxin_verify.entries import read_entry
from chengxin_verify.notes import Unproven
from chengxin_verify.papers import check_proof, check_receipt

SUMMARY = "Sixteen ways to change the log are all found, and no changed proof or receipt is believed."
Report = Callable[[str], None]
Attack = Callable[[random.Random, World], None]


def run(short: bool, report: Report) -> dict[str, int | float]:
    """Attack the log, and mutate proofs and receipts."""
    trials, mutations = (2, 400) if short else (60, 20_000)
    dice = random.Random(9162)
    with override_settings(LOG_HEARTBEATS=False):
        world = build(rounds=4, each=12 if short else 40)
        untouched = _trial(lambda _dice, _world: None, dice, world)
        assert not untouched.by, untouched.why
        by: Counter[str] = Counter()
        for name, attack in ATTACKS.items():
            for _ in range(trials):
                caught = _trial(attack, dice, world)
                assert caught.by, f"{name} was not found"
                by.update(caught.by)
            report(f"{name}: {trials} of {trials} found")
        with logged_in("postgres"):
            proofs = _mutated_proofs(dice, world, mutations)
    report(f"{proofs:,} changed proofs rejected")
    receipts = _forged_receipts(dice, world, mutations // 10)
    return {
        "attacks": len(ATTACKS) * trials,
        "found": len(ATTACKS) * trials,
        **{f"by_{who}": count for who, count in sorted(by.items())},
        "changed_proofs_rejected": proofs,
        "forged_receipts_rejected": receipts,
    }


def _trial(attack: Attack, dice: random.Random, world: World) -> Caught:
    with (
        logged_in("postgres"),
        tempfile.TemporaryDirectory(prefix="chengxin-log-") as folder,
        transaction.atomic(),
    ):
        attack(dice, world)
        caught = look(world, Path(folder))
        transaction.set_rollback(True)
    return caught


def _an_event(dice: random.Random) -> UUID:
    """Return an event whose leaf is in a tree."""
    ids = sql("select event_id from audit_leaf join audit_event on id = event_id order by event_id")
    found: UUID = dice.choice(ids)[0]
    return found


def edit_row(dice: random.Random, _world: World) -> None:
    change = dice.choice(["purpose = 'own_report'", "actor_key = 'account:8'", "at = at + interval '1 s'", "count = 2"])
    sql(f"update audit_event set {change} where id = %s", _an_event(dice))


def delete_row(dice: random.Random, _world: World) -> None:
    sql("delete from audit_event where id = %s", _an_event(dice))


def delete_row_and_leaf(dice: random.Random, _world: World) -> None:
    event = _an_event(dice)
    sql("delete from audit_event where id = %s", event)
    sql("delete from audit_leaf where event_id = %s", event)


def edit_leaf(dice: random.Random, _world: World) -> None:
    edited = "set_byte(entry, 60, get_byte(entry, 60) # 1)"
    sql(f"update audit_leaf set entry = {edited} where event_id = %s", _an_event(dice))


def reorder(dice: random.Random, _world: World) -> None:
    first, second = dice.sample(range(len(entries(Tree.RIGHTS))), 2)
    move = "update audit_leaf set index = %s where tree = 'rights' and index = %s"
    for to, of in ((-1, first), (first, second), (second, -1)):
        sql(move, to, of)


def edit_tile(dice: random.Random, _world: World) -> None:
    place = dice.randrange(1, 32 * 30)
    edited = f"set_byte(hashes, {place}, get_byte(hashes, {place}) # 1)"
    sql(f"update audit_tile set hashes = {edited} where tree = 'rights' and level = 0")


def cut_the_tail(dice: random.Random, _world: World) -> None:
    """The thief of the log's key cuts off what came last, seen by the witness or not, and signs what is left."""
    leaves = entries(Tree.RIGHTS)
    kept = leaves[: -dice.randrange(1, 20)]
    for event, _entry in leaves[len(kept) :]:
        sql("delete from audit_event where id = %s", event)
    rewrite(Tree.RIGHTS, kept)


def replay_an_old_checkpoint(_dice: random.Random, _world: World) -> None:
    """Without any key: put back the tree as an older checkpoint, truly signed, says it was."""
    roll_back(Tree.RIGHTS)


def delete_before_sequencing(dice: random.Random, _world: World) -> None:
    waiting = sql("select event_id from audit_queue where kind <> 'heartbeat' order by event_id")
    event = dice.choice(waiting)[0]
    sql("delete from audit_queue where event_id = %s", event)
    sql("delete from audit_event where id = %s", event)


def delete_before_sequencing_and_count_anew(dice: random.Random, _world: World) -> None:
    event, writer, counter = dice.choice(sql("select event_id, writer_id, counter from audit_queue order by event_id"))
    sql("delete from audit_queue where event_id = %s", event)
    sql("delete from audit_event where id = %s", event)
    for table in ("audit_queue", "audit_event"):
        # One after the other, as the counter of a writer is unique.
        later_ones = f"select counter from {table} where writer_id = %s and counter > %s order by 1"
        for (later,) in sql(later_ones, writer, counter):
            sql(f"update {table} set counter = counter - 1 where writer_id = %s and counter = %s", writer, later)


def edit_before_sequencing(dice: random.Random, _world: World) -> None:
    """Change what waits, and make content and commitment fit again: only the running hash outside knows better."""
    waiting = sql("select event_id from audit_queue where kind <> 'heartbeat' order by event_id")
    row = models.Event.objects.get(id=dice.choice(waiting)[0])
    row.purpose = "own_report"
    digest = commit(row_content(row), actor_key=row.actor_key, salt=bytes(row.salt or b""), new=new)
    sql("update audit_event set purpose = %s where id = %s", row.purpose, row.id)
    sql("update audit_queue set digest = %s where event_id = %s", digest, row.id)


def add_an_event(dice: random.Random, world: World) -> None:
    """Somebody who may write to the queue adds an event nobody caused, in the name of a writer that lives."""
    writer = dice.choice(world.writers)
    _queue(writer.id, counter=dice.choice([1, writer.counter, writer.counter + 1, writer.counter + 2]), back="0 s")


def backdate_an_event(dice: random.Random, _world: World) -> None:
    _queue(_new_uuid(dice), counter=1, back=dice.choice(["2 hours", "30 days", "900 days"]))


def rewrite_with_the_stolen_key(dice: random.Random, _world: World) -> None:
    tree = dice.choice(list(Tree))
    leaves = entries(tree)
    place = dice.randrange(len(leaves))
    event, entry = leaves[place]
    leaves[place] = event, entry[:-1] if entry[-1] else entry[:-2] + bytes([entry[-2] ^ 1]) + entry[-1:]
    rewrite(tree, leaves)


def show_another_view(dice: random.Random, _world: World) -> None:
    """The verifier is shown another log than the witness: as large, as well signed, without one event."""
    leaves = [leaf for leaf in entries(Tree.LISTS) if leaf[1]]
    first, second = dice.sample(range(len(leaves)), 2)
    leaves[first], leaves[second] = leaves[second], leaves[first]
    rewrite(Tree.LISTS, leaves)


def take_a_leaf_out_with_the_stolen_key(dice: random.Random, _world: World) -> None:
    leaves = entries(Tree.RIGHTS)
    places = [place for place, (_event, entry) in enumerate(leaves) if read_entry(entry).kind != b"heartbeat"]
    event, _entry = leaves.pop(dice.choice(places))
    sql("delete from audit_event where id = %s", event)
    rewrite(Tree.RIGHTS, leaves)


ATTACKS: dict[str, Attack] = {
    attack.__name__: attack
    for attack in (
        edit_row,
        delete_row,
        delete_row_and_leaf,
        edit_leaf,
        reorder,
        edit_tile,
        cut_the_tail,
        replay_an_old_checkpoint,
        delete_before_sequencing,
        delete_before_sequencing_and_count_anew,
        edit_before_sequencing,
        add_an_event,
        backdate_an_event,
        rewrite_with_the_stolen_key,
        show_another_view,
        take_a_leaf_out_with_the_stolen_key,
    )
}


def _queue(writer: object, *, counter: int, back: str) -> None:
    sql(
        "insert into audit_queue (queued_at, event_id, tree, writer_id, counter, at, kind, digest, signature) values"
        " (clock_timestamp(), gen_random_uuid(), 'rights', %s, %s, clock_timestamp() - %s::interval, 'disclose',"
        " sha256('x'), '')",
        writer,
        counter,
        back,
    )


def _new_uuid(dice: random.Random) -> str:
    return dice.randbytes(16).hex()


def _mutated_proofs(dice: random.Random, world: World, count: int) -> int:
    """Change one thing of a proof at a time, or give it out as another event's: none may verify."""
    papers = [event_proof(_an_event(dice)) for _ in range(20)]
    for paper in papers:
        check_proof(paper, world.keys)
    rejected = 0
    for _ in range(count):
        first, second = dice.sample(papers, 2)
        changed = _mutate(first, second, dice)
        if changed == first:
            continue
        try:
            check_proof(changed, world.keys)
        except Unproven:
            rejected += 1
        else:
            raise AssertionError(f"A changed proof was believed: {changed}")
    assert rejected > count * 0.9
    return rejected


def _mutate(paper: dict[str, Any], other: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    changed = dict(paper)
    what = dice.randrange(9)
    if what == 0:
        changed["entry"] = _flip(paper["entry"], dice)
    elif what in {1, 2} and paper["path"]:
        place = dice.randrange(len(paper["path"]))
        changed["path"] = [_flip(part, dice) if at == place else part for at, part in enumerate(paper["path"])]
    elif what == 3:
        changed["path"] = dice.choice([paper["path"][1:], [*paper["path"], paper["path"][0]], paper["path"][::-1]])
    elif what == 4:
        changed["index"] = paper["index"] + dice.choice([-1, 1, 2, 256])
    elif what == 5:
        changed["body"] = paper["body"].replace(dice.choice(["supervision", "MARKET", "penalty"]), "x")
    elif what == 6:
        changed["body_salt"] = struct.pack(">4Q", *(dice.getrandbits(64) for _ in range(4))).hex()
    elif what == 7:
        changed["event"] = other["event"]
    else:
        taken = dice.choice(["entry", "path", "index", "body"])
        changed[taken] = other[taken]
    return changed


def _flip(text: str, dice: random.Random) -> str:
    data = bytearray(b64decode(text))
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return b64encode(bytes(data)).decode()


def _forged_receipts(dice: random.Random, world: World, count: int) -> int:
    """Change one thing of a receipt: none may verify."""
    for _ in range(count):
        paper = dict(dice.choice(world.receipts))
        what = dice.choice(["event", "writer", "leaf", "signature", "counter"])
        if what == "counter":
            paper[what] += dice.choice([-1, 1])
        else:
            digits = paper[what].replace("-", "")
            place = dice.randrange(len(digits))
            paper[what] = digits[:place] + f"{int(digits[place], 16) ^ 1:x}" + digits[place + 1 :]
        try:
            check_receipt(paper, world.keys)
        except Unproven:
            continue
        raise AssertionError(f"A forged receipt was believed: {paper}")
    return count
