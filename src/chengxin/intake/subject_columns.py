"""Whom each row is about: kind, number and name, checked as columns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from chengxin.catalogue.contracts import FieldType, FieldUse, ItemVersion
from chengxin.kernel.identifier_columns import (
    check_column,
    check_id_column,
    check_uscc_column,
    compact_column,
    upgrade_id_numbers,
)
from chengxin.kernel.identifiers import IdentifierKind, NumberFault, latest_adult_birth
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law import facade as law

Check = tuple[str, str, pl.Expr]

_RESIDENT_ID = "resident_id"
_DOCUMENTS = {
    "passport": IdentifierKind.PASSPORT,
    "hk_macau_permit": IdentifierKind.HK_MACAU_PERMIT,
    "taiwan_permit": IdentifierKind.TAIWAN_PERMIT,
    "foreigner_residence": IdentifierKind.FOREIGNER_CARD,
    "military": IdentifierKind.MILITARY,
}
_CODES = {int(fault): fault.code for fault in NumberFault if fault}
_SOLE_TRADER_PREFIX = "92"


class SubjectChecks:
    """Adds `@kind`, `@id_kind`, `@number` and `@name` to a frame and tells which rows name no lawful subject.

    `columns` are the added columns that acceptance needs; `checks` the conditions over them.
    """

    columns = ("@kind", "@id_kind", "@number", "@name")

    def __init__(self, item: ItemVersion, present: set[str], *, on: date, demo: bool) -> None:
        """Find the item's subject fields among the columns present."""
        self._item = item
        self._present = present
        self._demo = demo
        self.adult_birth = latest_adult_birth(on, years=law.value("subject.adult_years", on=on).number)
        self._on = on
        self.checks = list(self._plan())

    def add_columns(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the frame with whom each row is about and the fault of every number in it."""
        uscc, id_no = self._numbers(frame, FieldUse.SUBJECT_USCC), self._numbers(frame, FieldUse.SUBJECT_ID_NO)
        frame = frame.with_columns(uscc.alias("@uscc"), upgrade_id_numbers(id_no).alias("@id"))
        kind = self._kind()
        id_type = self._text(FieldUse.SUBJECT_ID_TYPE).fill_null(_RESIDENT_ID)
        frame = frame.with_columns(kind.alias("@kind"), id_type.alias("@id_type"))
        person = pl.col("@kind") == SubjectKind.NATURAL_PERSON
        frame = frame.with_columns(
            pl.when(person)
            .then(pl.col("@id_type").replace_strict({_RESIDENT_ID: "id_no"} | _document_names(), default="other"))
            .otherwise(pl.lit("uscc"))
            .alias("@id_kind"),
            pl.when(person).then(pl.col("@id")).otherwise(pl.col("@uscc")).alias("@number"),
            self._text(FieldUse.SUBJECT_NAME).alias("@name"),
        )
        return frame.with_columns(self._faults(frame))

    def _plan(self) -> Iterable[Check]:
        """Yield the checks of the subject itself, then those of every other number in the row."""
        id_no, uscc = self._field(FieldUse.SUBJECT_ID_NO), self._field(FieldUse.SUBJECT_USCC)
        anchor = self._field(FieldUse.SUBJECT_NAME) or self._item.row_key[0]
        person = pl.col("@kind") == SubjectKind.NATURAL_PERSON
        allowed = [kind.value for kind in self._item.subject_kinds]
        yield self._field(FieldUse.SUBJECT_KIND) or anchor, "U-KIND", ~pl.col("@kind").is_in(allowed)
        yield id_no or anchor, "U-ID-REQUIRED", person & pl.col("@id").is_null()
        yield uscc or anchor, "U-USCC-REQUIRED", ~person & pl.col("@uscc").is_null()
        for field in self._item.fields:
            if field.name in self._present and field.type in {FieldType.ID_NO, FieldType.USCC}:
                fault = pl.col(f"@fault:{field.name}")
                yield from ((field.name, code, fault == number) for number, code in _CODES.items() if code)
        act_on = next((f for use in (FieldUse.ENDED_ACT_ON, FieldUse.DETERMINED_ON) if (f := self._field(use))), None)
        if act_on:
            yield act_on, "U-MINOR-ACT", person & (pl.col(act_on) < pl.col("@adult_on"))

    def _faults(self, frame: pl.DataFrame) -> Iterable[pl.Series]:
        adult_on = pl.Series("@adult_on", [None] * frame.height, dtype=pl.Date)
        for field in self._item.fields:
            if field.name not in self._present or field.type not in {FieldType.ID_NO, FieldType.USCC}:
                continue
            if field.use is FieldUse.SUBJECT_ID_NO:
                faults, adult_on = self._subject_id_faults(frame)
            else:
                is_subject = field.use is FieldUse.SUBJECT_USCC
                numbers = frame["@uscc"] if is_subject else compact_column(frame[field.name])
                faults = self._other_faults(numbers, field.type)
            yield faults.alias(f"@fault:{field.name}")
        yield adult_on

    def _other_faults(self, numbers: pl.Series, type_: FieldType) -> pl.Series:
        """Check a number that is not the subject's: a code, or an ID number whose document type is not looked at."""
        if type_ is FieldType.USCC:
            faults = check_uscc_column(numbers, demo=self._demo)
        else:
            numbers = upgrade_id_numbers(numbers)
            faults = check_id_column(numbers, demo=self._demo)
            digits = numbers.str.contains(r"^[0-9]{15,17}[0-9X]?$").fill_null(value=False).to_numpy()
            faults = faults * digits
        return _where_present(numbers, pl.Series(faults))

    def _subject_id_faults(self, frame: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
        """Check the subject's number by its document type; return its faults and the first adult day of persons."""
        numbers = frame["@id"]
        faults = pl.Series(check_id_column(numbers, demo=self._demo, adult_birth=self.adult_birth))
        for type_ in _DOCUMENTS.keys() & set(frame["@id_type"].unique()):
            rows = (frame["@id_type"] == type_).fill_null(value=False)
            others = pl.Series(check_column(numbers.filter(rows), kind=_DOCUMENTS[type_], demo=self._demo))
            faults = faults.scatter(rows.arg_true(), others)
        faults = _where_present(numbers, faults)
        born = pl.col("@number").str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
        years = self._on.year - self.adult_birth.year
        adult = pl.DataFrame({"@number": numbers, "@fault": faults}).select(
            pl.when(pl.col("@fault") == 0).then(born.dt.offset_by(f"{years}y").dt.offset_by("1d")).alias("@adult_on")
        )["@adult_on"]
        return faults, adult

    def _kind(self) -> pl.Expr:
        """Read the kind, or infer it as the old forms need: a code of 92… is an individual business."""
        only = next(iter(self._item.subject_kinds)) if len(self._item.subject_kinds) == 1 else None
        if only is not None:
            return pl.lit(only.value)
        inferred = (
            pl.when(pl.col("@uscc").is_null() & pl.col("@id").is_not_null())
            .then(pl.lit(SubjectKind.NATURAL_PERSON.value))
            .when(pl.col("@uscc").str.starts_with(_SOLE_TRADER_PREFIX))
            .then(pl.lit(SubjectKind.SOLE_TRADER.value))
            .otherwise(pl.lit(SubjectKind.LEGAL_PERSON.value))
        )
        field = self._field(FieldUse.SUBJECT_KIND)
        return inferred if field is None else pl.coalesce(pl.col(field), inferred)

    def _numbers(self, frame: pl.DataFrame, use: FieldUse) -> pl.Series:
        field = self._field(use)
        if field is None:
            return pl.Series("number", [None] * frame.height, dtype=pl.String)
        return compact_column(frame[field])

    def _text(self, use: FieldUse) -> pl.Expr:
        field = self._field(use)
        return pl.lit(None, dtype=pl.String) if field is None else pl.col(field)

    def _field(self, use: FieldUse) -> str | None:
        field = self._item.field_for(use)
        return field.name if field is not None and field.name in self._present else None


def _where_present(numbers: pl.Series, faults: pl.Series) -> pl.Series:
    return pl.DataFrame({"@number": numbers, "@fault": faults}).select(
        pl.when(pl.col("@number").is_not_null()).then(pl.col("@fault")).otherwise(0)
    )["@fault"]


def _document_names() -> dict[str, str]:
    return {type_: kind.value for type_, kind in _DOCUMENTS.items()}
