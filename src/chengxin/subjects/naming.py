"""Names and numbers as they are compared: tags, blind indexes and search codes."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl

from chengxin.crypto import facade as crypto

TAG = "subjects_name.tag"


def number_indexes(numbers: pl.DataFrame) -> pl.Series:
    """Return the blind index of each `number` in the column of its `id_kind`, as hexadecimal text."""
    indexes = pl.Series("blind", [None] * numbers.height, dtype=pl.String)
    for (kind,), places in numbers.drop("at").with_row_index("at").group_by("id_kind"):
        found = crypto.blind_many(number_column(str(kind)), places["number"].to_list())
        indexes = indexes.scatter(places["at"], pl.Series([index.hex() for index in found]))
    return indexes


def number_column(id_kind: str) -> str:
    """Return the name under which numbers of one kind have a blind key of their own."""
    return f"subjects_identifier.{id_kind}"


def name_tags(subject_ids: Iterable[str], folded: Iterable[str]) -> list[bytes]:
    """Return the tag of each folded name of each subject; the same name of two subjects has different tags."""
    return crypto.blind_many(TAG, [f"{one}|{name}" for one, name in zip(subject_ids, folded, strict=True)])


def gram_codes(folded: str) -> list[int]:
    """Return the distinct two-character pieces of a folded name as 32-bit codes."""
    return sorted(set(_pairs(np.frombuffer(folded.encode("utf-32-le"), np.uint32)).tolist()))


def gram_code_column(folded: pl.Series) -> pl.Series:
    """Return the same codes of each name as the text of a PostgreSQL array."""
    separator = 10
    points = np.frombuffer("\n".join(folded.to_list()).encode("utf-32-le"), np.uint32)
    rows = np.cumsum(points == separator)[:-1].astype(np.uint32) if len(points) else np.zeros(0, np.uint32)
    inside = (points[:-1] != separator) & (points[1:] != separator)
    pairs = pl.DataFrame({"at": rows[inside], "code": _pairs(points)[inside]}).unique()
    arrays = pairs.group_by("at").agg(pl.col("code").cast(pl.String).alias("codes"))
    every = pl.DataFrame({"at": np.arange(len(folded), dtype=np.uint32)})
    joined = every.join(arrays, on="at", how="left", maintain_order="left")["codes"].list.join(",").fill_null("")
    return ("{" + joined + "}").alias("grams")


def _pairs(points: np.ndarray) -> np.ndarray:
    """Return neighbouring code points as one signed code each: injective for the basic plane, a hash beyond it."""
    wide = points.astype(np.uint64)
    return ((wide[:-1] * 65536 + wide[1:]) & 0xFFFFFFFF).astype(np.uint32).view(np.int32)
