"""Find or make the subject of many claims at once: distinct numbers, one join, one INSERT … SELECT."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl
from django.db import connection

from chengxin.crypto import facade as crypto
from chengxin.database.facade import copy_frame, read_frame
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.grams import gram_code_column
from chengxin.kernel.identifiers import IdentifierKind
from chengxin.kernel.ids import new_id_bytes
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.kernel.text import fold_column
from chengxin.subjects import keyholder
from chengxin.subjects.contracts import (
    HELD_DECEASED,
    HELD_GUARDIANSHIP,
    HELD_OTHER_NAME,
    HELD_TWO_NAMES_IN_BATCH,
    Outcome,
    SubjectStatus,
)
from chengxin.subjects.naming import name_tags, number_indexes
from chengxin.subjects.reviewing import Conflict, open_name_reviews

_SQL: Final = Path(__file__).with_name("sql")
INCOMING: Final = (_SQL / "incoming.sql").read_text("utf-8")
INSERT_NEW: Final = (_SQL / "insert_new.sql").read_text("utf-8")
ASKED: Final = """
    create temp table if not exists subjects_asked (at integer, kind text, blind bytea) on commit drop;
    truncate subjects_asked
"""
# One look in the index per number: a join would read the whole table for every block.
_FIND: Final = """
    select a.at, encode(uuid_send(s.id), 'hex'), encode(uuid_send(coalesce(s.merged_into, s.id)), 'hex'), s.status,
           encode(n.tag, 'hex')
    from pg_temp.subjects_asked a
    cross join lateral (
        select subject_id from subjects_identifier
        where blind = a.blind and kind = a.kind and valid_until is null
        limit 1
    ) i
    join subjects_subject s on s.id = i.subject_id
    left join subjects_name n on n.subject_id = s.id
"""
_COLUMNS: Final = (
    *("subject_id", "identifier_id", "name_id", "subject_kind", "id_kind", "blind", "sealed_number", "number"),
    *("wrapped", "tag", "sealed_name", "name", "folded", "grams", "uscc", "area"),
)
_HELD_STATUS: Final = {
    SubjectStatus.GUARDIANSHIP.value: HELD_GUARDIANSHIP,
    SubjectStatus.DECEASED.value: HELD_DECEASED,
}
_RESULT: Final = {"row": pl.UInt32, "subject_id": pl.String, "outcome": pl.String, "code": pl.String}
_FOUND: Final = {
    "at": pl.UInt32,
    "own_id": pl.String,
    "subject_id": pl.String,
    "status": pl.String,
    "tag": pl.String,
}
_CLAIM: Final = ("id_kind", "number", "folded")
_MOST_KNOWN: Final = 500_000


def resolve_many(claims: pl.DataFrame, *, now: datetime, actor: Actor, source: str = "") -> pl.DataFrame:
    """Return `row`, `subject_id`, `outcome` and `code` of each claim, in the order given; runs in a transaction.

    `claims` holds `row` (UInt32) and the strings `kind` (SubjectKind), `id_kind` (IdentifierKind), `number`
    (compact and checked) and `name` (cleaned). `subject_id` is hexadecimal text as PostgreSQL reads a uuid, null
    where the row is held. `outcome` is existing, new or review; `code` says why a row is held (`HELD_MESSAGES`).
    """
    return Resolver(now=now, actor=actor, source=source).resolve(claims)


class Resolver:
    """Resolves block after block of claims in one transaction and remembers the answers it gave."""

    def __init__(self, *, now: datetime, actor: Actor, source: str = "") -> None:
        """Begin with nothing known."""
        self._now, self._actor, self._source = now, actor, source
        self._known = pl.DataFrame(schema=dict.fromkeys((*_CLAIM, "subject_id", "outcome", "code"), pl.String))

    def resolve(self, claims: pl.DataFrame) -> pl.DataFrame:
        """Resolve one block, as `resolve_many` does; a claim answered in an earlier block is answered the same."""
        if claims.is_empty():
            return pl.DataFrame(schema=_RESULT)
        work = claims.with_columns(fold_column(claims["name"].fill_null("")).alias("folded"))
        asked = work.join(self._known, on=_CLAIM, how="anti", maintain_order="left")
        if asked.height:
            self._remember(self._ask(asked))
        placed = work.join(self._known, on=_CLAIM, how="left", maintain_order="left").select(list(_RESULT))
        self._settle_in()
        return placed

    def _ask(self, work: pl.DataFrame) -> pl.DataFrame:
        """Return subject, outcome and code of each distinct claim that is not known yet."""
        keys = ["id_kind", "number"]
        numbers = (
            work.group_by(keys, maintain_order=True)
            .agg(pl.col("kind", "name", "folded").first(), pl.col("folded").n_unique().alias("names"))
            .with_row_index("at", offset=1)
        )
        numbers = numbers.with_columns(number_indexes(numbers))
        named = work.join(numbers.select("at", *keys), on=keys)
        resolved, conflicts = _resolve_numbers(numbers, named, now=self._now)
        open_name_reviews(conflicts, now=self._now, actor=self._actor, source=self._source)
        return numbers.select("at", *keys).join(resolved, on="at").select(self._known.columns)

    def _remember(self, answers: pl.DataFrame) -> None:
        self._known = pl.concat([self._known, answers])

    def _settle_in(self) -> None:
        """Whoever was new in this block exists for the next; what is remembered stays within bounds."""
        existing = pl.lit(Outcome.EXISTING.value)
        new = pl.col("outcome") == Outcome.NEW.value
        self._known = self._known.tail(_MOST_KNOWN).with_columns(
            pl.when(new).then(existing).otherwise(pl.col("outcome")).alias("outcome")
        )


def _resolve_numbers(
    numbers: pl.DataFrame, named: pl.DataFrame, *, now: datetime
) -> tuple[pl.DataFrame, list[Conflict]]:
    """Resolve distinct numbers; return one row per number and folded name, and the names that need a review.

    A number lost to another transaction while we insert is there afterwards: the second round finds it.
    """
    found = _find(numbers)
    missing = numbers.join(found, on="at", how="anti")
    made = _insert(missing, now=now) if missing.height else pl.DataFrame(schema={"at": pl.UInt32, "own_id": pl.String})
    lost = missing.join(made, on="at", how="anti")
    if lost.height:
        found = pl.concat([found, _find(lost)])
    pairs = named.unique(["at", "folded"], keep="first", maintain_order=True).select("at", "kind", "name", "folded")
    old = _judge_existing(pairs, found)
    new = pairs.join(made, on="at").join(numbers.select("at", "names"), on="at")
    one_name = pl.col("names") == 1
    new = new.with_columns(
        pl.when(one_name).then(pl.col("own_id")).alias("subject_id"),
        pl.when(one_name).then(pl.lit(Outcome.NEW.value)).otherwise(pl.lit(Outcome.REVIEW.value)).alias("outcome"),
        pl.when(one_name).then(pl.lit("")).otherwise(pl.lit(HELD_TWO_NAMES_IN_BATCH)).alias("code"),
    )
    columns = ["at", "folded", "subject_id", "outcome", "code"]
    disputed = pl.concat(
        [
            frame.filter(pl.col("code").is_in([HELD_OTHER_NAME, HELD_TWO_NAMES_IN_BATCH])).select(
                "own_id", "kind", "name", "folded"
            )
            for frame in (old, new)
        ]
    )
    conflicts = [
        Conflict(subject_id=own_id, kind=SubjectKind(kind), name=name or "", folded=folded)
        for own_id, kind, name, folded in disputed.iter_rows()
    ]
    return pl.concat([old.select(columns), new.select(columns)]), conflicts


def _find(numbers: pl.DataFrame) -> pl.DataFrame:
    """Return which of the numbers are known, whose they are, whom that one was merged into, and each of its names.

    A subject with several names has a row for each.
    """
    blind = pl.concat_str(pl.lit("\\x"), "blind").alias("blind")
    asked = numbers.select("at", pl.col("id_kind").alias("kind"), blind)
    with connection.cursor() as cursor:
        cursor.execute(ASKED)
        copy_frame(cursor, asked, table="subjects_asked")
        return read_frame(cursor, _FIND, schema=_FOUND)


def _judge_existing(pairs: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Add subject, outcome and code to claims on known numbers: a name must be one of the subject's own."""
    pairs = pairs.join(found.drop("tag").unique("at"), on="at", maintain_order="left")
    if pairs.is_empty():
        return pairs.with_columns(pl.lit("").alias("outcome"), pl.lit("").alias("code"))
    tags = pl.Series("tag", [tag.hex() for tag in name_tags(pairs["own_id"], pairs["folded"])])
    own = pairs.with_columns(tags).join(found.select("at", "tag").unique(), on=["at", "tag"], how="semi")
    known = own.select("at", "folded").with_columns(pl.lit(value=True).alias("is_known"))
    judged = pairs.join(known, on=["at", "folded"], how="left", maintain_order="left")
    code = (
        pl.when(pl.col("is_known").is_null())
        .then(pl.lit(HELD_OTHER_NAME))
        .otherwise(pl.col("status").replace_strict(_HELD_STATUS, default=""))
    )
    held = pl.col("code") != ""
    return judged.with_columns(code.alias("code")).with_columns(
        pl.when(held).then(None).otherwise(pl.col("subject_id")).alias("subject_id"),
        pl.when(held).then(pl.lit(Outcome.REVIEW.value)).otherwise(pl.lit(Outcome.EXISTING.value)).alias("outcome"),
    )


def _insert(numbers: pl.DataFrame, *, now: datetime) -> pl.DataFrame:
    """Make a subject, its key, number and name for each number; return those that no other transaction took."""
    frame, keys = _new_rows(numbers, now=now)
    with connection.cursor() as cursor:
        cursor.execute(INCOMING)
        copy_frame(cursor, frame.select(_COLUMNS), table="subjects_incoming")
        # We wait for the other batch as long as it takes: whose number it is cannot be known before.
        cursor.execute("select current_setting('lock_timeout')")
        (patience,) = cursor.fetchone()
        cursor.execute("set local lock_timeout = 0")
        cursor.execute(INSERT_NEW, {"now": now, "day": legal_day(now)})
        won = pl.DataFrame(cursor.fetchall(), schema={"own_id": pl.String}, orient="row")
        cursor.execute("select set_config('lock_timeout', %s, true)", [patience])
    keyholder.hold(frame["subject_id"], keys)
    return frame.select("at", pl.col("subject_id").alias("own_id")).join(won, on="own_id", how="semi")


def _new_rows(numbers: pl.DataFrame, *, now: datetime) -> tuple[pl.DataFrame, list[bytes]]:
    """Return the rows of new subjects ready to be copied, and their data keys."""
    # Ids ascend with the blind index: all indexes are then filled in order, and concurrent batches agree on it.
    numbers = numbers.sort("blind")
    count = numbers.height
    subjects, identifiers, names = (_split(new_id_bytes(now, count).tobytes()) for _ in range(3))
    keys = crypto.new_data_keys(count)
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
        ("\\x" + pl.col("blind")).alias("blind"),
        _bytea("sealed_number", sealed_number),
        _bytea("wrapped", crypto.wrap_many(keys, subject_ids=subjects)),
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
    """Return bytes as the text PostgreSQL reads; null stays null."""
    return pl.Series(name, [None if value is None else "\\x" + value.hex() for value in values], dtype=pl.String)


def _split(raw: bytes) -> list[bytes]:
    return [raw[start : start + 16] for start in range(0, len(raw), 16)]
