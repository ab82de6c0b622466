"""Write answers of a file as CSV, Arrow stream or Parquet: one line per hit, and one for each row that has none."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import polars as pl

from chengxin.files.contracts import Media
from chengxin.files.facade import batches_of
from chengxin.matching.bulk import Line
from chengxin.matching.contracts import Hit

_DATES: Final = ("valid_from", "valid_until", "cleared_until")
_HIT: Final = ("entry", "list", "record", "version", "score", "tier", "action", "rule", "query_value", "entry_value")
_HIT_TOO: Final = ("alignment", "explanation", "would_change", "document", "reason", "legal_basis", "source")
_OF_HIT: Final = (*_HIT, *_HIT_TOO, "valid_from", "valid_until", "mark", "cleared_until")
_OF_ROW: Final = ("line", "id", "outcome", "code", "said", "screening", "as_of", "index", "rules")
_TYPES: Final = {"line": pl.UInt32, "version": pl.Int32, "score": pl.Float64, **dict.fromkeys(_DATES, pl.Date)}
SCHEMA: Final = {name: _TYPES.get(name, pl.String) for name in (*_OF_ROW, *_OF_HIT)}
_END: Final = 8
_CHUNK: Final = 1 << 20


def frame_of(lines: Sequence[Line]) -> pl.DataFrame:
    """Return the answers of one batch as a table; `screening` is the batch, by which it can be asked for again."""
    rows: list[tuple[Any, ...]] = []
    for number, row, answer in lines:
        head: tuple[Any, ...] = (number, row.id, row.outcome.value, row.code, row.said)
        head += (str(answer.id), answer.as_of.isoformat(), answer.index, answer.rules) if answer else ("",) * 4
        rows += [(*head, *_cells(hit)) for hit in row.hits] or [(*head, *[None] * len(_OF_HIT))]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def hit_values(hit: Hit) -> dict[str, Any]:
    """Return a hit under the names it leaves by, in JSON and in files."""
    return {
        "entry": hit.entry_id,
        "list": hit.list,
        "record": hit.record_id,
        "version": hit.version,
        "score": hit.score,
        "tier": hit.tier,
        "action": hit.action,
        "rule": hit.rule,
        "query_value": hit.values.query,
        "entry_value": hit.values.entry,
        "alignment": hit.alignment,
        "explanation": hit.explanation,
        "would_change": hit.would_change,
        "document": hit.document_no,
        "reason": hit.reason,
        "legal_basis": hit.legal_basis,
        "source": hit.body,
        "valid_from": hit.listed_on,
        "valid_until": hit.ends_on,
        "mark": "objection" if hit.has_objection else "",
        "cleared_until": hit.cleared_until,
    }


def written(frames: Iterator[pl.DataFrame], media: Media, *, folder: Path) -> Iterator[bytes]:
    """Yield the file as it grows; a Parquet file has its table of contents last, so it leaves once all is answered."""
    if media is Media.PARQUET:
        yield from _parquet(frames, folder)
    else:
        yield from (_csv if media is Media.CSV else _arrow)(frames)


def _csv(frames: Iterator[pl.DataFrame]) -> Iterator[bytes]:
    yield (",".join(SCHEMA) + "\n").encode()
    for frame in frames:
        yield frame.write_csv(include_header=False).encode()


def _arrow(frames: Iterator[pl.DataFrame]) -> Iterator[bytes]:
    head = _stream(pl.DataFrame(schema=SCHEMA))
    yield head[:-_END]
    for frame in frames:
        yield batches_of(_stream(frame))
    yield head[-_END:]


def _stream(frame: pl.DataFrame) -> bytes:
    written_to = io.BytesIO()
    frame.write_ipc_stream(written_to)
    return written_to.getvalue()


def _parquet(frames: Iterator[pl.DataFrame], folder: Path) -> Iterator[bytes]:
    """Lay the parts down and join them; only one is in memory at a time."""
    parts = folder / "parts"
    parts.mkdir()
    for place, frame in enumerate(frames):
        frame.write_ipc(parts / f"{place:06}.arrow", compression="zstd")
    whole = folder / "answer.parquet"
    pl.scan_ipc(parts / "*.arrow").sink_parquet(whole)
    with whole.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _cells(hit: Hit) -> list[Any]:
    return [str(value) if isinstance(value, UUID | StrEnum) else value for value in hit_values(hit).values()]
