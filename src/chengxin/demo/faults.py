"""Put a department's mistakes into its rows, and keep apart what is wrong where and which code should say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import polars as pl

from chengxin.catalogue.contracts import Field, FieldType, FieldUse, ItemVersion
from chengxin.demo.identifiers import wrong_check_digit
from chengxin.demo.plans import Plan
from chengxin.kernel.subject_kind import SubjectKind

TRUTH_SCHEMA = {
    "file": pl.String,
    "row": pl.Int64,
    "kind": pl.String,
    "field": pl.String,
    "code": pl.String,
    "value": pl.String,
}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One mistake: the place of its row, its kind, the field it is in, and the code that answers it.

    An empty code means that the row passes the checks: it is held for an identity review, or answered as repeated.
    """

    place: int
    kind: str
    field: str
    code: str


class Spoiler:
    """Spoils rows of one filing, each row at most once; `rows` are dictionaries of text by field name."""

    def __init__(
        self, plan: Plan, rows: list[dict[str, str]], *, minor: dict[str, object], rng: np.random.Generator
    ) -> None:
        self.plan, self.item, self.rows, self.minor, self.rng = plan, plan.item, rows, minor, rng
        self._written_on = plan.body.form.dates

    def spoil(self, *, sound_first: int) -> list[Fault]:
        """Spoil rows by the department's shares and return the mistakes; the first rows stay sound."""
        order = (self.rng.permutation(max(0, len(self.rows) - sound_first)) + sound_first).tolist()
        faults: list[Fault] = []
        for kind, share in self.plan.body.quality.shares().items():
            if share == 0 or kind == "repeated":
                continue
            for _ in range(int(self.rng.binomial(len(self.rows), share))):
                if not order:
                    break
                place = order.pop()
                fault = _SPOIL[kind](self, place)
                faults += [fault] if fault else []
        return faults

    def _fields(self, wanted: Callable[[Field], bool]) -> list[Field]:
        gated = {gate.field for gate in self.item.gates}
        return [field for field in self.item.fields if field.name not in gated and wanted(field)]

    def missing(self, place: int) -> Fault | None:
        """Empty a required cell."""
        kinds = (FieldType.TEXT, FieldType.DATE, FieldType.CODE)
        fields = self._fields(
            lambda f: f.required and f.type in kinds and f.use is not FieldUse.SUBJECT_KIND and f.name not in self._key
        )
        if not fields:
            return None
        field = fields[int(self.rng.integers(0, len(fields)))]
        self.rows[place][field.name] = ""
        return Fault(place=place, kind="missing", field=field.name, code="U-REQUIRED")

    @property
    def _key(self) -> tuple[str, ...]:
        return self.item.row_key

    def bad_number(self, place: int) -> Fault | None:
        """Write a check digit that cannot be right."""
        row = self.rows[place]
        for use, code in ((FieldUse.SUBJECT_USCC, "E-USCC-02"), (FieldUse.SUBJECT_ID_NO, "E-ID-02")):
            field = self.item.field_for(use)
            if field is not None and row[field.name]:
                row[field.name] = wrong_check_digit([row[field.name]])[0]
                return Fault(place=place, kind="bad_number", field=field.name, code=code)
        return None

    def unknown_code(self, place: int) -> Fault | None:
        """Write a word that is in no code list."""
        fields = self._fields(lambda f: f.type is FieldType.CODE and f.use is not FieldUse.SUBJECT_KIND)
        fields = [field for field in fields if field.name not in self._key and self.rows[place][field.name]]
        if not fields:
            return None
        self.rows[place][fields[0].name] = "不详"
        return Fault(place=place, kind="unknown_code", field=fields[0].name, code="U-CODE")

    def duplicate(self, place: int) -> Fault | None:
        """Hand the same row in twice, at the end of the file."""
        self.rows.append(dict(self.rows[place]))
        return Fault(place=len(self.rows) - 1, kind="duplicate", field=self._key[0], code="U-TWICE")

    def swapped_dates(self, place: int) -> Fault | None:
        """Swap two dates whose order the item asks for."""
        row = self.rows[place]
        for order in self.item.orders:
            earlier, later = row[order.earlier], row[order.later]
            if earlier and later and earlier < later:
                row[order.earlier], row[order.later] = later, earlier
                return Fault(place=place, kind="swapped_dates", field=order.later, code=order.code)
        return None

    def future_date(self, place: int) -> Fault | None:
        """Write a decision of next year."""
        field = self.item.field_for(FieldUse.DETERMINED_ON)
        if field is None or field.name in self._key:
            return None
        style = self._written_on
        day = self.plan.day + timedelta(days=380)
        self.rows[place][field.name] = day.strftime(f"%Y{style}%m{style}%d")
        return Fault(place=place, kind="future_date", field=field.name, code="U-DATE-FUTURE")

    def two_names(self, place: int) -> Fault | None:
        """Write another name beside a person's number."""
        number = self.item.field_for(FieldUse.SUBJECT_ID_NO)
        name = self.item.field_for(FieldUse.SUBJECT_NAME)
        if number is None or name is None or not self.rows[place][number.name]:
            return None
        self.rows[place][name.name] = "误" + self.rows[place][name.name][1:] + "之"
        return Fault(place=place, kind="two_names", field=name.name, code="")

    def under_age(self, place: int) -> Fault | None:
        """Write a row about somebody aged 17."""
        if SubjectKind.NATURAL_PERSON not in self.item.subject_kinds:
            return None
        put_subject(self.item, self.rows[place], self.minor)
        field = self.item.field_for(FieldUse.SUBJECT_ID_NO)
        return Fault(place=place, kind="under_age", field=field.name if field else "", code="E-ID-05")


_SPOIL: dict[str, Callable[[Spoiler, int], Fault | None]] = {
    "missing": Spoiler.missing,
    "bad_number": Spoiler.bad_number,
    "unknown_code": Spoiler.unknown_code,
    "duplicate": Spoiler.duplicate,
    "swapped_dates": Spoiler.swapped_dates,
    "future_date": Spoiler.future_date,
    "two_names": Spoiler.two_names,
    "under_age": Spoiler.under_age,
}


def put_subject(item: ItemVersion, row: dict[str, str], subject: dict[str, object]) -> None:
    """Write another subject into a row."""
    person = bool(subject["person"])
    texts = {
        FieldUse.SUBJECT_NAME: str(subject["name"]),
        FieldUse.SUBJECT_USCC: str(subject["uscc"]),
        FieldUse.SUBJECT_ID_NO: str(subject["id_no"]),
        FieldUse.SUBJECT_ID_TYPE: "身份证" if person else "",
    }
    old = item.field_for(FieldUse.SUBJECT_NAME)
    if old is not None and row[old.name]:
        # The facts of a decision name its party, so the name goes wherever it stood.
        row.update({name: text.replace(row[old.name], str(subject["name"])) for name, text in row.items()})
    for use, text in texts.items():
        field = item.field_for(use)
        if field is not None:
            row[field.name] = text
    kind = item.field_for(FieldUse.SUBJECT_KIND)
    if kind is not None:
        row[kind.name] = next(code.label.zh for code in kind.codes if code.value == subject["kind"])
    for name in ("legal_rep", "legal_rep_id_no"):
        if name in row:
            row[name] = str(subject[name])
    if "legal_rep_id_type" in row:
        row["legal_rep_id_type"] = "" if person else "身份证"


def truth_of(file_name: str, faults: list[Fault], rows: list[dict[str, str]], *, first_line: int) -> pl.DataFrame:
    """Return the truth table of one file; `row` is the line a person sees."""
    return pl.DataFrame(
        [
            (
                file_name,
                fault.place + first_line,
                fault.kind,
                fault.field,
                fault.code,
                rows[fault.place].get(fault.field),
            )
            for fault in faults
        ],
        schema=TRUTH_SCHEMA,
        orient="row",
    )
