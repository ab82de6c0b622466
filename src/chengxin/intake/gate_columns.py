"""The gates of collection over columns: `why_not_collect` is asked once per distinct combination of a block's facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from chengxin.catalogue.contracts import Category, Field, FieldUse, ItemVersion
from chengxin.catalogue.facade import get_group
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law.facade import cites
from chengxin.records.contracts import Provenance
from chengxin.records.facade import COLLECT_CODES, CollectFacts, why_not_collect

Check = tuple[str, str, pl.Expr]

_RESIDENT_ID = "resident_id"
# Distinct combinations of facts whose answer is remembered.
_MOST_KNOWN = 100_000
_SEALED = frozenset({Category.PUBLIC_SECURITY, Category.SEALED})
# A resident identity number tells its own age, which `subject_columns` checks; one birthday stands for all that pass.
_GROWN_UP = date(1950, 1, 1)
# Where a refusal points: the first of these fields that the sheet has, else the field that identifies the row.
_ANCHORS: Mapping[str, tuple[FieldUse, ...]] = {
    "BIRTH_DATE_MISSING": (FieldUse.BIRTH_DATE, FieldUse.SUBJECT_ID_NO),
    "UNDER_18": (FieldUse.BIRTH_DATE, FieldUse.SUBJECT_ID_NO),
    "ACT_BEFORE_18": (FieldUse.ENDED_ACT_ON, FieldUse.DETERMINED_ON),
    "SEALED_RECORD": (FieldUse.TITLE, FieldUse.DOCUMENT_NO),
    "CONSENT_NEEDED": (FieldUse.CONSENT_NO,),
    "ARREARS_UNCONFIRMED": (FieldUse.PROVENANCE, FieldUse.DETERMINED_ON),
    "NOT_DETERMINED_YET": (FieldUse.PROVENANCE, FieldUse.DETERMINED_ON),
    "NO_EFFECTIVE_DOCUMENT": (FieldUse.DOCUMENT_NO, FieldUse.DETERMINED_ON),
    "NOT_ADVERSE": (FieldUse.PROCEDURE, FieldUse.SLIGHT_CORRECTED),
    "CHALLENGE_OPEN": (FieldUse.REMEDY_ENDED_ON, FieldUse.CHALLENGE),
    "VETOED": (FieldUse.DECLINED,),
}


class GateChecks:
    """Adds `@gate`, the code of the gate of law that keeps a row out, and names the checks over it.

    Stands behind `SubjectChecks`, whose `@kind` and `@id_type` it reads.
    """

    def __init__(self, item: ItemVersion, present: set[str], *, on: date, pack: str) -> None:
        """Find the fields the gates turn on among the columns present."""
        self._item = item
        self._present = present
        self._on = on
        self._pack = pack
        self.row_categories = [one for one in item.row_categories if one.field in present]
        self.facts = dict(self._expressions())
        self._is_determined_only = bool(item.group and get_group(item.group).limits)
        self._known: dict[tuple[Any, ...], str | None] = {}
        self.checks: list[Check] = [(self._anchor(code), code, pl.col("@gate") == code) for code in COLLECT_CODES]

    def add_columns(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the frame with `@gate`: null where a row may be collected."""
        facts = frame.select(expression.alias(name) for name, expression in self.facts.items())
        facts = facts.with_columns(pl.struct(pl.all()).hash().alias("@key"))
        refused = {
            row["@key"]: code
            for row in facts.unique("@key").iter_rows(named=True)
            if (code := self._code_of({name: row[name] for name in self.facts})) is not None
        }
        if not refused:
            return frame.with_columns(pl.lit(None, dtype=pl.String).alias("@gate"))
        keys = pl.Series(list(refused), dtype=pl.UInt64)
        codes = facts["@key"].replace_strict(keys, list(refused.values()), default=None, return_dtype=pl.String)
        return frame.with_columns(codes.alias("@gate"))

    def _code_of(self, row: Mapping[str, Any]) -> str | None:
        combination = tuple(row.values())
        if combination not in self._known:
            refusal = why_not_collect(self._facts_of(row), on=self._on, pack=self._pack)
            if refusal is not None and refusal.code not in COLLECT_CODES:
                raise LookupError(f"The gates of collection answered {refusal.code}, which is not in COLLECT_CODES.")
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[combination] = refusal.code if refusal is not None else None
        return self._known[combination]

    def _facts_of(self, row: Mapping[str, Any]) -> CollectFacts:
        own = {one.category for place, one in enumerate(self.row_categories) if row[f"category:{place}"]}
        provenance = Provenance(row["provenance"])
        return CollectFacts(
            subject_kind=SubjectKind(row["kind"]),
            nature=self._item.nature,
            provenance=provenance,
            categories=self._item.categories | own,
            birth_date=row["born_on"],
            act_on=row["act_on"],
            determined_on=self._on if row["is_determined"] else None,
            document_no="given" if row["has_document"] else "",
            procedure=row["procedure"],
            penalty_kinds=frozenset(filter(None, row["penalty_kinds"].split(";"))),
            is_slight_and_corrected=row["is_slight"],
            challenge=row["challenge"],
            consent_no="given" if row["has_consent"] else "",
            is_arrears_confirmed=provenance is Provenance.DETERMINED and row["is_determined"],
            is_vetoed=row["is_declined"],
            is_determined_only=self._is_determined_only,
        )

    def _expressions(self) -> Iterator[tuple[str, pl.Expr]]:
        """Yield each fact as an expression over the fields; what many rows differ in is reduced to what it decides."""
        yield "kind", pl.col("@kind")
        yield "provenance", self._text(FieldUse.PROVENANCE, absent=Provenance.DETERMINED.value)
        yield "procedure", self._text(FieldUse.PROCEDURE)
        yield "penalty_kinds", self._text(FieldUse.PENALTY_KIND)
        yield "challenge", self._challenge()
        yield "is_determined", self._given(FieldUse.DETERMINED_ON)
        yield "has_document", self._given(FieldUse.DOCUMENT_NO)
        yield "has_consent", self._value(FieldUse.CONSENT_NO).is_not_null()
        yield "is_slight", self._text(FieldUse.SLIGHT_CORRECTED) == "true"
        yield "is_declined", self._text(FieldUse.DECLINED) == "true"
        resident = self._id_type() == _RESIDENT_ID
        born = self._value(FieldUse.BIRTH_DATE, pl.Date)
        act = pl.coalesce(self._value(FieldUse.ENDED_ACT_ON, pl.Date), self._value(FieldUse.DETERMINED_ON, pl.Date))
        other = (pl.col("@kind") == SubjectKind.NATURAL_PERSON) & ~resident
        yield "born_on", pl.when(other).then(born).otherwise(pl.lit(_GROWN_UP))
        yield "act_on", pl.when(other).then(act)
        for place, one in enumerate(self.row_categories):
            contained = pl.col(one.field).str.contains(one.contains, literal=True)
            yield f"category:{place}", contained.fill_null(value=False)

    @cites("ZJ/11(2)", "HN/20(2)", "D/challenge-pending")
    def _challenge(self) -> pl.Expr:
        """Say where remedies stand: a last day that has not passed is a challenge that is still open (N6)."""
        said = self._text(FieldUse.CHALLENGE)
        ended = self._value(FieldUse.REMEDY_ENDED_ON, pl.Date)
        over = pl.when(said == "").then(pl.lit("none_in_time")).otherwise(said)
        return pl.when(ended >= self._on).then(pl.lit("pending")).when(ended.is_not_null()).then(over).otherwise(said)

    def _id_type(self) -> pl.Expr:
        return pl.col("@id_type").fill_null(_RESIDENT_ID)

    def _given(self, use: FieldUse) -> pl.Expr:
        """Tell where a fact is given; an empty cell of a required field has its own answer."""
        field = self._field(use)
        if field is not None and field.required:
            return pl.lit(value=True)
        return self._value(use).is_not_null()

    def _text(self, use: FieldUse, *, absent: str = "") -> pl.Expr:
        return self._value(use).fill_null(absent)

    def _value(self, use: FieldUse, dtype: type[pl.DataType] = pl.String) -> pl.Expr:
        field = self._field(use)
        return pl.lit(None, dtype=dtype) if field is None else pl.col(field.name)

    def _field(self, use: FieldUse) -> Field | None:
        field = self._item.field_for(use)
        return field if field is not None and field.name in self._present else None

    def _anchor(self, code: str) -> str:
        if code == "SEALED_RECORD":
            for one in self.row_categories:
                if one.category in _SEALED:
                    return one.field
        fields = (self._field(use) for use in _ANCHORS[code])
        return next((field.name for field in fields if field is not None), self._item.row_key[0])
