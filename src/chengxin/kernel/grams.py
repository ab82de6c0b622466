"""Two-character pieces (二元组) of folded text as 32-bit codes: small keys for the search of fragments."""

from __future__ import annotations

import numpy as np
import polars as pl


def gram_codes(folded: str) -> list[int]:
    """Return the distinct two-character pieces of a folded text as 32-bit codes."""
    return sorted(set(_pairs(np.frombuffer(folded.encode("utf-32-le"), np.uint32)).tolist()))


def gram_code_column(folded: pl.Series) -> pl.Series:
    """Return the same codes of each text, as lists in no order."""
    separator = 10
    points = np.frombuffer("\n".join(folded.to_list()).encode("utf-32-le"), np.uint32)
    rows = np.cumsum(points == separator)[:-1].astype(np.uint32) if len(points) else np.zeros(0, np.uint32)
    inside = (points[:-1] != separator) & (points[1:] != separator)
    pairs = pl.DataFrame({"at": rows[inside], "code": _pairs(points)[inside]}).unique()
    lists = pairs.group_by("at").agg("code")
    every = pl.DataFrame({"at": np.arange(len(folded), dtype=np.uint32)})
    joined = every.join(lists, on="at", how="left", maintain_order="left")["code"]
    return joined.fill_null([]).alias("grams")


def _pairs(points: np.ndarray) -> np.ndarray:
    """Return neighbouring code points as one signed code each: injective for the basic plane, a hash beyond it."""
    wide = points.astype(np.uint64)
    return ((wide[:-1] * 65536 + wide[1:]) & 0xFFFFFFFF).astype(np.uint32).view(np.int32)
