"""Binary COPY: what goes in comes out, for every type there is, laid out by the compiler or without it."""

import json
from datetime import date
from uuid import UUID

import polars as pl
import pytest
from django.db import connection, transaction

from chengxin.database import bulk, pgcopy
from chengxin.database.facade import Landing, copy_frame

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
_LANDING = Landing(
    "landing",
    {
        "words": "text",
        "said": "jsonb",
        "id": "uuid",
        "raw": "bytea",
        "number": "integer",
        "codes": "integer[]",
        "day": "date",
        "place": "serial",
    },
)


def _there_and_back(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    frame = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    with transaction.atomic(), connection.cursor() as cursor:
        assert copy_frame(cursor, frame, into=_LANDING) == len(rows)
        cursor.execute("select words, said::text, id, raw, number, codes, day from landing order by place")
        return [
            (words, said and json.loads(said), one, raw if raw is None else bytes(raw), *rest)
            for words, said, one, raw, *rest in cursor.fetchall()
        ]


@pytest.mark.parametrize(("few", "many"), [(0, 1), (0, 1_000), (1_000, 1_000)], ids=["many", "some", "few"])
def test_every_type_comes_out_as_it_went_in(db, monkeypatch: pytest.MonkeyPatch, few: int, many: int) -> None:
    monkeypatch.setattr(bulk, "_FEW", few)
    monkeypatch.setattr(pgcopy, "_MANY", many)
    assert _there_and_back(_ROWS) == _READ


def test_rows_land_instead_of_those_before_and_are_gone_with_their_transaction(
    transactional_db, monkeypatch: pytest.MonkeyPatch
) -> None:
    landing = Landing("landing", {"number": "integer"})
    seen = []
    with connection.cursor() as cursor:
        for few in (1_000, 0):
            monkeypatch.setattr(bulk, "_FEW", few)
            with transaction.atomic():
                for number in (1, 2):
                    copy_frame(cursor, pl.DataFrame({"number": [number]}), into=landing)
                    cursor.execute("select array_agg(number) from pg_temp.landing")
                    seen.append(cursor.fetchone()[0])
            cursor.execute("select count(*) from pg_temp.landing")
            seen.append(cursor.fetchone()[0])
    assert seen == [[1], [2], 0] * 2


def test_an_empty_frame_brings_nothing(db) -> None:
    assert _there_and_back([]) == []


def test_a_column_without_any_value_is_null_throughout(db) -> None:
    assert _there_and_back([(None,) * 7] * 3) == [(None,) * 7] * 3
