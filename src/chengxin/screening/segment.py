"""The index of a list: immutable arrays, kept in memory or mapped from a folder; the same list gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from chengxin.kernel.refusal import Refusal, Refused
from chengxin.kernel.text import fold
from chengxin.screening.contracts import RULES_VERSION, Family, Kind, Query
from chengxin.screening.enterprises import Structure, list_keys, structure
from chengxin.screening.families import Table
from chengxin.screening.keys import Names, is_enterprise_in_chinese, names_of, number_keys, person_list_keys
from chengxin.screening.points import Ints, Texts
from chengxin.screening.words import read_words

Progress = Callable[[int, int], None]
_STEP: Final = 50_000
_FEW: Final = 200
_CHARACTERS: Final = 0x34000
_PRIOR_NAMES: Final = 2000.0
_STRUCTURE: Final = ("first_region", "region", "brand", "trade", "form", "legal", "region_number")


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A list ready to be searched."""

    entries: pl.DataFrame
    names: pl.DataFrame
    at: Ints
    structure: Structure
    tables: dict[Family, Table]
    usual: npt.NDArray[np.float64]
    version: str

    def __len__(self) -> int:
        return len(self.entries)


def rows_at(frame: pl.DataFrame, places: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return some rows of a frame; a few of them one by one, because gathering has a price of its own."""
    if len(places) <= _FEW:
        return [frame.row(place) for place in places]
    return frame[places].rows()


def build(entries: pl.DataFrame, *, progress: Progress | None = None, like: Segment | None = None) -> Segment:
    """Return the segment of list entries, as `reading.read_rows` gives them.

    What came to a list since its segment is built `like` that one: a character weighs in both what it weighs in it.
    """
    parts: dict[Family, list[tuple[Any, Any]]] = {family: [] for family in Family}
    made: list[Structure] = []
    frames: list[pl.DataFrame] = []
    done = 0
    for begin in range(0, max(len(entries), 1), _STEP):
        rows = list(starmap(Query, entries.slice(begin, _STEP).iter_rows()))
        names = names_of(rows)
        frames.append(_names_frame(names, begin))
        shape = structure(Texts.of(names.folded), stated=names.region)
        made.append(shape)
        chosen = np.flatnonzero(is_enterprise_in_chinese(names))
        if len(chosen):
            for family, (at, keys) in list_keys(shape, chosen).items():
                parts[family].append((keys, chosen[at] + done))
        for family, (at, keys) in person_list_keys(names).items():
            parts[family].append((keys, at + done))
        keys, at = number_keys(rows)
        parts[Family.NUMBER].append((keys, at + begin))
        done += len(names)
        if progress:
            progress(min(begin + _STEP, len(entries)), len(entries))
    frame = pl.concat(frames)
    whole = _whole(made)
    firms = ((frame["kind"] == Kind.ENTERPRISE) & frame["chinese"]).to_numpy()
    return Segment(
        entries=entries,
        names=frame,
        at=frame["at"].to_numpy(),
        structure=whole,
        tables={family: _table(pieces) for family, pieces in parts.items()},
        usual=like.usual if like else _usual(whole, np.flatnonzero(firms)),
        version=_version(entries),
    )


def _names_frame(names: Names, begin: int) -> pl.DataFrame:
    columns = {
        "at": pl.Series(names.at, dtype=pl.Int64) + begin,
        "kind": pl.Series(names.kind, dtype=pl.String),
        "written": pl.Series(names.written, dtype=pl.String),
        "folded": pl.Series(names.folded, dtype=pl.String),
        "chinese": pl.Series(names.chinese, dtype=pl.Boolean),
    }
    return pl.DataFrame(columns)


def _table(pieces: list[tuple[Any, Any]]) -> Table:
    if not pieces:
        return Table(np.zeros(0, np.uint64), np.zeros(0, np.uint32))
    keys = np.concatenate([keys for keys, _ in pieces])
    rows = np.concatenate([rows.astype(np.uint32) for _, rows in pieces])
    pieces.clear()
    return Table.of(keys, rows)


def _whole(made: list[Structure]) -> Structure:
    texts = Texts.joined(
        np.concatenate([part.texts.points for part in made]), np.concatenate([part.texts.lengths for part in made])
    )
    return Structure(texts, *(np.concatenate([getattr(part, name) for part in made]) for name in _STRUCTURE))


def _usual(names: Structure, rows: Ints) -> npt.NDArray[np.float64]:
    """Return the share of brands that hold each character, as far as the list and a prior tell."""
    count = np.zeros(_CHARACTERS)
    for character in map(fold, read_words()["brand_characters"]):
        count[ord(character)] = _PRIOR_NAMES * 4e-3
    width = int(np.minimum(names.brand[rows] - names.region[rows], 6).max()) if len(rows) else 0
    for place in range(width):
        inside = rows[names.brand[rows] - names.region[rows] > place]
        points = names.texts.points[names.texts.starts[inside] + names.region[inside] + place]
        np.add.at(count, points[points < _CHARACTERS], 1.0)
    return count / (len(rows) + _PRIOR_NAMES)


def _version(entries: pl.DataFrame) -> str:
    """Return a digest of what the list holds and the rules it is read by."""
    digest = hashlib.sha256(RULES_VERSION.encode())
    for name in entries.columns:
        column = entries[name].to_list()
        digest.update(f"{name}{len(column)}".encode())
        digest.update("\x1f".join(column).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def save(segment: Segment, folder: Path) -> None:
    """Write a segment; a folder that holds one already is refused, because segments never change."""
    if (folder / "manifest.json").exists():
        raise Refused(Refusal(code="SCR-INDEX-EXISTS", what="文件夹里已有索引。", next_step="请另选一个空文件夹。"))
    folder.mkdir(parents=True, exist_ok=True)
    digests = {}
    for name, array in _arrays(segment):
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
        digests[name] = hashlib.sha256((folder / f"{name}.npy").read_bytes()).hexdigest()
    segment.entries.write_ipc(folder / "entries.arrow", compression="uncompressed")
    segment.names.write_ipc(folder / "names.arrow", compression="uncompressed")
    manifest = {
        "version": segment.version,
        "rules": RULES_VERSION,
        "entries": len(segment.entries),
        "names": len(segment.names),
        "arrays": digests,
    }
    # The manifest comes last: a folder without one is no segment.
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")


def _arrays(segment: Segment) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    yield "points", segment.structure.texts.points
    yield "starts", segment.structure.texts.starts
    yield "lengths", segment.structure.texts.lengths
    yield "sums", segment.structure.texts.sums
    for name in _STRUCTURE:
        yield name, getattr(segment.structure, name)
    yield "usual", segment.usual
    for family, table in segment.tables.items():
        yield f"{family.name.lower()}_keys", table.keys
        yield f"{family.name.lower()}_rows", table.rows


def load(folder: Path) -> Segment:
    """Return a segment mapped from its folder."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text())
    except (FileNotFoundError, NotADirectoryError, json.JSONDecodeError) as error:
        raise Refused(
            Refusal(code="SCR-INDEX", what="这个文件夹里没有可用的索引。", next_step="请重新生成索引。")
        ) from error
    if manifest["rules"] != RULES_VERSION:
        raise Refused(
            Refusal(code="SCR-INDEX-RULES", what="索引是按另一版规则生成的。", next_step="请用本版本重新生成索引。")
        )

    def mapped(name: str) -> Any:  # noqa: ANN401 - an array of whatever was written
        return np.load(folder / f"{name}.npy", mmap_mode="r")

    names = pl.read_ipc(folder / "names.arrow")
    texts = Texts(mapped("points"), mapped("starts"), mapped("lengths"), mapped("sums"))
    return Segment(
        entries=pl.read_ipc(folder / "entries.arrow"),
        names=names,
        at=names["at"].to_numpy(),
        structure=Structure(texts, *(mapped(name) for name in _STRUCTURE)),
        tables={
            family: Table(mapped(f"{family.name.lower()}_keys"), mapped(f"{family.name.lower()}_rows"))
            for family in Family
        },
        usual=mapped("usual"),
        version=manifest["version"],
    )
