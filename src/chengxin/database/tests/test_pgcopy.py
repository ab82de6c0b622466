"""Binary COPY: what goes in comes out, for every type there is, laid out by the compiler or without it."""

import json
from datetime import date
from uuid import UUID

import polars as pl
import pytest
from django.db import connection, transaction

from chengxin.database import pgcopy
from chengxin.database.facade import copy_frame

_ID = "018f4e2a7c9b7d3e8f001122334455aa"
_ROWS = [
    ('诚信, "a" \x01\n\\', '{"a":"b,\\"c\\":null","d":[1]}', _ID, "00ff5c78", 7, [3, -4, 3], date(1999, 12, 31)),
    ("", "{}", "f" * 32, "", -(2**31), [], date(2000, 1, 1)),
    (None, None, None, None, None, None, None),
    ("𠮷", "[]", "0" * 32, "ab" * 300, 2**31 - 1, [2**31 - 1], date(2099, 12, 31)),
]
_READ = [
    (_ROWS[0][0], {"a": 'b,"c":null', "d": [1]}, UUID(_ID), b"\x00\xff\\x", 7, [3, -4, 3], date(1999, 12, 31)),
    ("", {}, UUID("f" * 32), b"", -(2**31), [], date(2000, 1, 1)),
    (None, None, None, None, None, None, None),
    ("𠮷", [], UUID(int=0), b"\xab" * 300, 2**31 - 1, [2**31 - 1], date(2099, 12, 31)),
]
_SCHEMA = {
    "words": pl.String,
    "said": pl.String,
    "id": pl.String,
    "raw": pl.String,
    "number": pl.Int32,
    "codes": pl.List(pl.Int32),
    "day": pl.Date,
}
_TABLE = """
    create temp table landing
        (words text, said jsonb, id uuid, raw bytea, number integer, codes integer[], day date, place serial)
    on commit drop
"""


def _there_and_back(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    frame = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TABLE)
        assert copy_frame(cursor, frame, table="landing") == len(rows)
        cursor.execute("select words, said::text, id, raw, number, codes, day from landing order by place")
        return [
            (words, said and json.loads(said), one, raw if raw is None else bytes(raw), *rest)
            for words, said, one, raw, *rest in cursor.fetchall()
        ]


@pytest.mark.parametrize("many", [1, 1_000], ids=["many", "few"])
def test_every_type_comes_out_as_it_went_in(db, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr(pgcopy, "_MANY", many)
    assert _there_and_back(_ROWS) == _READ


def test_an_empty_frame_brings_nothing(db) -> None:
    assert _there_and_back([]) == []


def test_a_column_without_any_value_is_null_throughout(db) -> None:
    assert _there_and_back([(None,) * 7] * 3) == [(None,) * 7] * 3
