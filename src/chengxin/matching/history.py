"""The log of answers (比对留痕): which index a batch was answered from and what was said, so that it can be said again.

An index is kept as one bit for each line it held, and a line is kept once; so a day's changes cost what changed.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID

import numpy as np
import polars as pl
from django.db import transaction

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.database.facade import ask
from chengxin.kernel.clock import legal_day
from chengxin.matching import models
from chengxin.matching.admission import Batch
from chengxin.matching.contracts import Answer, Outcome
from chengxin.matching.people import READER
from chengxin.matching.rules import PURPOSE
from chengxin.matching.tags import asked_tags, said_tags
from chengxin.screening.contracts import COLUMNS, RULES_VERSION, Kind, Query
from chengxin.screening.facade import Segment, build

LETTERS: Final = {
    Outcome.HITS: "h",
    Outcome.NONE: "n",
    Outcome.DEGRADED: "d",
    Outcome.UNANSWERED: "u",
}
_LINES: Final = """
    insert into matching_line (digest, entry_id, kind, name, alias, uscc, seen_on)
    select *, %s::date from unnest(%s::bytea[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[])
    on conflict (digest) do update set seen_on = excluded.seen_on where matching_line.seen_on < excluded.seen_on
"""
_SEGMENT: Final = """
    insert into matching_segment (version, rules, lines, seen_on) values (%s, %s, %s, %s)
    on conflict (version) do update set seen_on = excluded.seen_on, lines = excluded.lines
"""


def keep_segment(segment: Segment, kinds: Mapping[str, str], *, at: datetime) -> None:
    """Keep what a segment holds, before anybody is answered from it; one that was kept this day is not kept again."""
    on = legal_day(at)
    with access.acting_for(READER, channel=Channel.JOB, purpose=PURPOSE), transaction.atomic():
        if not models.Segment.objects.filter(version=segment.version, seen_on=on).exclude(lines=b"").exists():
            _keep(segment, kinds, on=on)


def logged(answers: Sequence[Answer], batches: Sequence[Batch]) -> list[dict[str, Any]]:
    """Return answers as the database's `matching_log` takes each, in the transaction that lets it leave."""
    asked = iter(asked_tags([query for batch in batches for query in batch.queries]))
    said = iter(said_tags([hit.explanation for one in answers for row in one.rows for hit in row.hits]))
    return [_logged(answer, batch, asked, said) for answer, batch in zip(answers, batches, strict=True)]


def find_answer(answer_id: UUID) -> models.Answer | None:
    """Return an answer from the log, or None, inside the keeper's context."""
    return models.Answer.objects.filter(id=answer_id).first()


def rebuilt(version: str, *, like: Segment | None = None) -> tuple[Segment | None, dict[str, str]]:
    """Return a segment built again from the log with the list of each entry; None when it was destroyed."""
    kept = models.Segment.objects.filter(version=version).exclude(lines=b"").first()
    if kept is None:
        return None, {}
    bits = np.unpackbits(np.frombuffer(zlib.decompress(kept.lines), np.uint8))
    lines = models.Line.objects.filter(id__in=np.flatnonzero(bits).tolist(), digest__isnull=False).order_by("entry_id")
    rows, kinds = [], {}
    for line in lines:
        rows.append(Query(str(line.entry_id), Kind.ENTERPRISE.value, line.name, line.alias, "", line.uscc))
        kinds[str(line.entry_id)] = line.kind
    frame = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
    return build(frame, like=like), kinds


def _logged(answer: Answer, batch: Batch, asked: Iterator[bytes], said: Iterator[str]) -> dict[str, Any]:
    """Return one answer with the tags of its rows and explanations, the next of each.

    Of a natural person the entry is not kept: who may know it finds it in the person's own looks.
    """
    hits: dict[str, list[list[object]]] = {}
    for place, row in enumerate(answer.rows):
        for hit in row.hits:
            entry = "" if batch.queries[place].kind == Kind.PERSON else str(hit.entry_id)
            cells = [entry, hit.version, hit.rule, hit.score, hit.tier.value, hit.action.value, next(said)]
            hits.setdefault(str(place), []).append(cells)
    base, _, came = answer.index.partition("+")
    return {
        "id": answer.id,
        "body": batch.actor.body,
        "asked_by": batch.actor.key,
        "at": answer.as_of,
        "purpose": answer.purpose,
        "lists": list(answer.places),
        "places": answer.places,
        "base": base,
        "came": came or None,
        "rules": answer.rules,
        "outcomes": "".join(LETTERS[row.outcome] for row in answer.rows),
        "tags": rf"\x{b''.join(islice(asked, len(batch.queries))).hex()}",
        "hits": hits,
    }


def _keep(segment: Segment, kinds: Mapping[str, str], *, on: date) -> None:
    cells = [segment.entries[name].to_list() for name in ("id", "name", "alias", "uscc")]
    lists = [kinds[entry_id] for entry_id in cells[0]]
    digests = [_digest(*line) for line in zip(lists, *cells, strict=True)]
    if digests:
        ask(_LINES, [on, digests, [UUID(one) for one in cells[0]], lists, *cells[1:]])
    places = [place for (place,) in ask("select id from matching_line where digest = any(%s)", [digests])]
    bits = np.zeros(max(places, default=0) + 1, np.uint8)
    bits[places] = 1
    ask(_SEGMENT, [segment.version, RULES_VERSION, zlib.compress(np.packbits(bits).tobytes()), on])


def _digest(*cells: str) -> bytes:
    return hashlib.sha256("\x1f".join(cells).encode("utf-8", "surrogatepass")).digest()[:16]
