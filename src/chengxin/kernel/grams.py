"""Two-character pieces (二元组) of folded text as 32-bit codes: small keys for the search of fragments."""

from __future__ import annotations

import numpy as np
import polars as pl


def gram_codes(folded: str) -> list[int]:
    """Return the distinct two-character pieces of a folded text as 32-bit codes."""
    return sorted(set(_pairs(np.frombuffer(folded.encode("utf-32-le"), np.uint32)).tolist()))


def gram_code_column(folded: pl.Series) -> pl.Series:
    """Return the same codes of each text, as lists."""
    separator = 10
    points = np.frombuffer("\n".join(folded.to_list()).encode("utf-32-le"), np.uint32)
    rows = np.cumsum(points == separator)[:-1].astype(np.uint32) if len(points) else np.zeros(0, np.uint32)
    inside = (points[:-1] != separator) & (points[1:] != separator)
    codes = _pairs(points)[inside].view(np.uint32)
    both = np.sort(rows[inside].astype(np.uint64) << np.uint64(32) | codes)
    both = both[np.diff(both, prepend=~both[:1]) != 0]
    at, code = (both >> np.uint64(32)).astype(np.uint32), both.astype(np.uint32).view(np.int32)
    found = pl.DataFrame({"at": at, "code": code})
    lists = found.with_columns(pl.col("at").set_sorted()).group_by("at", maintain_order=True).agg("code")
    every = pl.DataFrame({"at": np.arange(len(folded), dtype=np.uint32)})
    return every.join(lists, on="at", how="left", maintain_order="left")["code"].fill_null([]).alias("grams")


def _pairs(points: np.ndarray) -> np.ndarray:
    """Return neighbouring code points as one signed code each: injective for the basic plane, a hash beyond it."""
    wide = points.astype(np.uint64)
    return ((wide[:-1] * 65536 + wide[1:]) & 0xFFFFFFFF).astype(np.uint32).view(np.int32)
