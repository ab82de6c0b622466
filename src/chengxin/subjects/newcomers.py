"""Make the subjects nobody knew yet: key, number and name sealed in Python, one INSERT … SELECT for all tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl
from django.db import connection

from chengxin.crypto import facade as crypto
from chengxin.database.facade import Landing, ask, copy_frame
from chengxin.kernel.clock import legal_day
from chengxin.kernel.grams import gram_code_column
from chengxin.kernel.identifiers import IdentifierKind
from chengxin.kernel.ids import new_id_bytes
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.subjects import keyholder
from chengxin.subjects.naming import name_tags

_SQL: Final = Path(__file__).with_name("sql")
INSERT_NEW: Final = (_SQL / "insert_new.sql").read_text("utf-8")
MASS_TABLES: Final = (
    *("subjects_subject", "subjects_subject_key", "subjects_identifier", "subjects_name", "subjects_operator"),
)
_INCOMING: Final = Landing(
    "subjects_incoming",
    {
        "subject_id": "uuid",
        "identifier_id": "uuid",
        "name_id": "uuid",
        "subject_kind": "text",
        "id_kind": "text",
        "blind": "bytea",
        "sealed_number": "bytea",
        "number": "text",
        "wrapped": "bytea",
        "tag": "bytea",
        "sealed_name": "bytea",
        "name": "text",
        "folded": "text",
        "grams": "integer[]",
        "uscc": "text",
        "area": "text",
    },
)


def insert_new(numbers: pl.DataFrame, *, now: datetime) -> pl.DataFrame:
    """Make a subject, its key, number and name for each number; return those that no other transaction took."""
    if numbers.is_empty():
        return pl.DataFrame(schema={"at": pl.UInt32, "own_id": pl.String})
    frame, keys = _new_rows(numbers, now=now)
    with connection.cursor() as cursor:
        copy_frame(cursor, frame.select(list(_INCOMING.columns)), into=_INCOMING)
        # We wait for the other batch as long as it takes: whose number it is cannot be known before.
        cursor.execute("select current_setting('lock_timeout')")
        (patience,) = cursor.fetchone()
        cursor.execute("set local lock_timeout = 0")
        made = ask(INSERT_NEW, {"now": now, "day": legal_day(now)})
        cursor.execute("select set_config('lock_timeout', %s, true)", [patience])
    won = pl.DataFrame(made, schema={"own_id": pl.String}, orient="row")
    keyholder.hold(frame["subject_id"], keys)
    return frame.select("at", pl.col("subject_id").alias("own_id")).join(won, on="own_id", how="semi")


def _new_rows(numbers: pl.DataFrame, *, now: datetime) -> tuple[pl.DataFrame, list[bytes]]:
    """Return the rows of new subjects ready to be copied, and the keys that sealed them."""
    # Ids ascend with the blind index: all indexes are then filled in order, and concurrent batches agree on it.
    numbers = numbers.sort("blind")
    count = numbers.height
    subjects, identifiers, names = (_split(new_id_bytes(now, count).tobytes()) for _ in range(3))
    made = crypto.new_keys(subjects)
    keys = [one.sealing for one in made]
    ids = [one.hex() for one in subjects]
    person = (numbers["kind"] == SubjectKind.NATURAL_PERSON).to_list()
    sealed_number = _seal(person, keys, numbers["number"], table="subjects_identifier", rows=identifiers)
    sealed_name = _seal(person, keys, numbers["name"].fill_null(""), table="subjects_name", rows=names)
    is_person, one_name = pl.col("kind") == SubjectKind.NATURAL_PERSON, pl.col("names") == 1
    frame = numbers.with_columns(
        pl.Series("subject_id", ids),
        pl.Series("identifier_id", [one.hex() for one in identifiers]),
        pl.Series("name_id", [one.hex() for one in names]),
        pl.col("kind").alias("subject_kind"),
        _bytea("sealed_number", sealed_number),
        _bytea("wrapped", [one.wrapped for one in made]),
        _bytea("tag", name_tags(ids, numbers["folded"])),
        _bytea("sealed_name", sealed_name),
        gram_code_column(numbers["folded"]),
        _uscc().alias("uscc"),
        _area().alias("area"),
    )
    return frame.with_columns(
        pl.when(~is_person).then(pl.col("number", "grams", "area")),
        pl.when(~is_person).then(pl.col("name", "folded").fill_null("")),
        pl.when(one_name).then(pl.col("tag", "sealed_name")),
    ), keys


def _seal(
    person: list[bool], keys: list[bytes], values: pl.Series, *, table: str, rows: list[bytes]
) -> list[bytes | None]:
    """Seal the values of natural persons in the column `sealed` of a table; operators' stay in the clear."""
    chosen = [place for place, is_person in enumerate(person) if is_person]
    texts = values.to_list()
    sealed = crypto.seal_column(
        [keys[place] for place in chosen],
        [texts[place].encode() for place in chosen],
        table=table,
        column="sealed",
        rows=[rows[place] for place in chosen],
    )
    result: list[bytes | None] = [None] * len(person)
    for place, value in zip(chosen, sealed, strict=True):
        result[place] = value
    return result


def _uscc() -> pl.Expr:
    return pl.when(pl.col("id_kind") == IdentifierKind.USCC).then(pl.col("number"))


def _area() -> pl.Expr:
    """Return the area code inside a number that has one."""
    return (
        pl.when(pl.col("id_kind") == IdentifierKind.USCC)
        .then(pl.col("number").str.slice(2, 6))
        .when(pl.col("id_kind") == IdentifierKind.REG_NO)
        .then(pl.col("number").str.slice(0, 6))
        .otherwise(pl.lit(""))
    )


def _bytea(name: str, values: Iterable[bytes | None]) -> pl.Series:
    """Return bytes as hexadecimal text; null stays null."""
    return pl.Series(name, [None if value is None else value.hex() for value in values], dtype=pl.String)


def _split(raw: bytes) -> list[bytes]:
    return [raw[start : start + 16] for start in range(0, len(raw), 16)]
