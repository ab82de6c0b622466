"""Read the log: checkpoints, tiles, and proofs for those they concern."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings

from chengxin.audit import models
from chengxin.audit.contracts import Checkpoint, Tree
from chengxin.audit.log.entries import actor_digest, body, body_salt
from chengxin.audit.log.notes import verifier_key
from chengxin.audit.log.tree import (
    HASH_BYTES,
    WIDTH,
    At,
    Tile,
    consistency_path,
    in_tiles,
    inclusion_path,
    needed,
)
from chengxin.audit.rules import ABSENT, NOT_YET_IN_LOG
from chengxin.crypto.facade import hash_named, signer
from chengxin.database.facade import ask
from chengxin.kernel.refusal import Refused

_TILES = """
    select level, index, hashes from audit_tile
    where tree = %s and (level, index) in (select * from unnest(%s::smallint[], %s::bigint[]))
"""


def newest_checkpoint(tree: Tree) -> Checkpoint:
    """Return the newest checkpoint of a tree; `Refused` before the first."""
    row = models.Checkpoint.objects.filter(tree=tree).order_by("-size").first()
    if row is None:
        raise Refused(ABSENT)
    return _checkpoint(row)


def older_checkpoints(tree: Tree) -> list[Checkpoint]:
    """Return the kept checkpoints of a tree before the newest, oldest first."""
    return [_checkpoint(row) for row in models.Checkpoint.objects.filter(tree=tree).order_by("size")][:-1]


def growth(tree: Tree, *, since: int) -> dict[str, Any]:
    """Return the newest checkpoint with the path that proves it begins with the first leaves, as a witness asks."""
    newest = newest_checkpoint(tree)
    if not 0 <= since <= newest.size:
        raise Refused(ABSENT)
    path = _proved(newest, lambda at: consistency_path(since, newest.size, at, new=_new(newest))) if since else []
    return {"checkpoint": newest.note, "path": [b64encode(part).decode() for part in path]}


def tile(tree: Tree, *, level: int, index: int, width: int = WIDTH) -> bytes:
    """Return the first hashes of a tile; `Refused` when so many are not there."""
    found = models.Tile.objects.filter(tree=tree, level=level, index=index).values_list("hashes", flat=True).first()
    hashes = bytes(found or b"")[: width * HASH_BYTES]
    if not 1 <= width <= WIDTH or len(hashes) < width * HASH_BYTES:
        raise Refused(ABSENT)
    return hashes


def event_proof(event_id: UUID) -> dict[str, Any]:
    """Return the proof that an event is in the log, for whoever row security shows the event itself.

    It opens the content but not the account of who acted. A content that was destroyed stays closed, the proof holds.
    """
    event = models.Event.objects.filter(id=event_id).first()
    if event is None:
        raise Refused(ABSENT)
    leaf = models.Leaf.objects.filter(event_id=event_id).first()
    if leaf is None:
        raise Refused(NOT_YET_IN_LOG)
    checkpoint = newest_checkpoint(Tree(leaf.tree))
    new, path = _new(checkpoint), inclusion(checkpoint, leaf.index)
    salt = bytes(event.salt or b"")
    content = body(row_content(event), actor=actor_digest(event.actor_key, salt=salt, new=new))
    return {
        "event": str(event_id),
        "checkpoint": checkpoint.note,
        "index": leaf.index,
        "entry": b64encode(leaf.entry).decode(),
        "path": [b64encode(part).decode() for part in path],
        "body": content.decode(),
        "body_salt": body_salt(salt, new).hex(),
    }


def row_content(row: models.Event) -> dict[str, Any]:
    """Return the content of a kept event as it was committed to, but for the actor."""
    return {
        "area": row.area,
        "basis": row.basis,
        "body": row.body,
        "categories": row.categories,
        "channel": row.channel,
        "count": row.count,
        "fields": row.fields,
        "outcome": row.outcome,
        "purpose": row.purpose,
        "reason": row.reason,
        "reference": row.reference,
        "role": row.role,
        "subject": str(row.subject_id) if row.subject_id else None,
        **({"opens": bytes(row.opens).hex()} if row.opens else {}),
    }


def public_keys() -> str:
    """Return the public keys of the log and of its writers, one a line, for who checks: to be handed over apart."""
    names = [(f"{settings.LOG_ORIGIN}/{tree}", "log") for tree in Tree] + [(f"{settings.LOG_ORIGIN}/writer", "writer")]
    return "".join(f"{verifier_key(name, signer(key))}\n" for name, key in names)


def inclusion(checkpoint: Checkpoint, index: int) -> list[bytes]:
    """Return the path from a leaf to the root that was signed."""
    return _proved(checkpoint, _inclusion(checkpoint, index))


def tiles_needed(checkpoint: Checkpoint, index: int) -> set[Tile]:
    """Return the tiles the path of a leaf is made of."""
    return needed(_inclusion(checkpoint, index))


def _inclusion(checkpoint: Checkpoint, index: int) -> Callable[[At], list[bytes]]:
    return lambda at: inclusion_path(index, checkpoint.size, at, new=_new(checkpoint))


def tiles_of(tree: Tree, wanted: set[Tile]) -> Mapping[Tile, bytes]:
    """Return some tiles in one question."""
    levels, indexes = [level for level, _ in wanted], [index for _, index in wanted]
    return {(level, index): bytes(hashes) for level, index, hashes in ask(_TILES, [tree.value, levels, indexes])}


def _proved(checkpoint: Checkpoint, prove: Callable[[At], list[bytes]]) -> list[bytes]:
    tiles = tiles_of(checkpoint.tree, needed(prove))
    return prove(in_tiles(tiles, new=_new(checkpoint)))


def _new(checkpoint: Checkpoint) -> Any:  # noqa: ANN401 - hashlib keeps the type private
    return hash_named(checkpoint.hash_name)


def _checkpoint(row: models.Checkpoint) -> Checkpoint:
    return Checkpoint(
        tree=Tree(row.tree), size=row.size, root=bytes(row.root), hash_name=row.hash_name, note=row.note, at=row.at
    )
