"""Find or make the subject of many claims at once: distinct numbers, one join, one INSERT … SELECT."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import polars as pl
from django.db import connection

from chengxin.database.facade import Landing, copy_frame, read_frame
from chengxin.kernel.actor import Actor
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.kernel.text import fold_column
from chengxin.subjects.contracts import (
    HELD_DECEASED,
    HELD_GUARDIANSHIP,
    HELD_OTHER_NAME,
    HELD_TWO_NAMES_IN_BATCH,
    Outcome,
    SubjectStatus,
)
from chengxin.subjects.naming import name_tags, number_indexes
from chengxin.subjects.newcomers import insert_new
from chengxin.subjects.reviewing import Conflict, open_name_reviews

_ASKED: Final = Landing("subjects_asked", {"at": "integer", "kind": "text", "blind": "bytea"})
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
    made = insert_new(missing, now=now)
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
    asked = numbers.select("at", pl.col("id_kind").alias("kind"), "blind")
    with connection.cursor() as cursor:
        copy_frame(cursor, asked, into=_ASKED)
        return read_frame(cursor, _FIND, schema=_FOUND, about=asked.height)


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
