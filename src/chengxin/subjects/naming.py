"""Names and numbers as they are compared: tags, blind indexes and search codes."""

from __future__ import annotations

from collections.abc import Iterable

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
