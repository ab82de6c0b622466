"""The rows of one filing, column by column, from the fields of its catalogue item version."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from chengxin.catalogue.contracts import Field, FieldType, FieldUse, ItemVersion
from chengxin.demo.days import make_days, written
from chengxin.demo.places import area_of, read_data
from chengxin.demo.plans import Plan
from chengxin.demo.population import Population

_HOLE = re.compile(r"\{(\w+)\}")
USUAL_FILL = 0.33
# What a gate of law keeps out, or asks only of foreigners: the invented departments leave it empty.
UNSAID = frozenset({FieldUse.BIRTH_DATE, FieldUse.CHALLENGE, FieldUse.SLIGHT_CORRECTED, FieldUse.DECLINED})
TABLES = {"penalty": "penalties.yaml", "licence": "licences.yaml"}


@cache
def value_words() -> dict[str, Any]:
    """Return the texts, shares and fill rates of the columns."""
    found: dict[str, Any] = read_data("values.yaml")
    return found


def fill(templates: list[str], chosen: pl.Series, context: pl.DataFrame) -> pl.Series:
    """Return one text a row: the chosen template with its holes filled from the columns of the context."""
    expression = pl.lit("")
    for number, template in enumerate(templates):
        expression = pl.when(pl.lit(chosen) == number).then(_text(template)).otherwise(expression)
    return context.select(expression.alias("text")).to_series()


def _text(template: str) -> pl.Expr:
    pieces = [
        pl.col(piece) if place % 2 else pl.lit(piece) for place, piece in enumerate(_HOLE.split(template)) if piece
    ]
    return pl.concat_str(pieces) if pieces else pl.lit("")


class Recipe:
    """Makes the rows of one filing; every column is text, an empty cell is an empty text."""

    def __init__(self, plan: Plan, population: Population, rng: np.random.Generator) -> None:
        self.plan, self.item, self.rng = plan, plan.item, rng
        self.subjects = population.draw(plan, rng)
        self.count = self.subjects.height
        self.operators = population.operators
        self.days = make_days(plan, self.subjects, rng)
        self.context = self._context()

    def rows(self) -> pl.DataFrame:
        """Return the rows by field name; no two share the key that identifies a row."""
        columns: dict[str, pl.Series] = {}
        columns.update(self._table())
        for field in self.item.fields:
            if field.use in UNSAID:
                columns[field.name] = pl.Series([""] * self.count)
            elif field.name not in columns:
                columns[field.name] = self._thinned(field, self._column(field))
        frame = pl.DataFrame([columns[field.name].alias(field.name) for field in self.item.fields])
        return frame.with_columns(self._dependent(frame)).unique(
            [*self.item.row_key], keep="first", maintain_order=True
        )

    def _dependent(self, frame: pl.DataFrame) -> list[pl.Expr]:
        """Return columns that follow from others: what failed in a test, which document found a breach."""
        found: list[pl.Expr] = []
        names = set(frame.columns)
        if {"outcome", "failed_items"} <= names:
            failed = pl.when(pl.col("outcome") == "不合格").then(pl.lit("标签")).otherwise(pl.lit(""))
            found.append(failed.alias("failed_items"))
        if {"performance", "finding_document"} <= names:
            kept = pl.when(pl.col("performance") == "履约").then(pl.lit("")).otherwise("finding_document")
            found.append(kept.alias("finding_document"))
        if {"removed_on", "removal_reason"} <= names:
            given = pl.when(pl.col("removed_on") == "").then(pl.lit("")).otherwise(pl.lit("已改正并经核查"))
            found.append(given.alias("removal_reason"))
        if {"procedure", "subject_kind"} <= names:
            # A person's summary penalty is no adverse fact and is not collected (SD/13).
            summary = (pl.col("procedure") == "简易程序") & (pl.col("subject_kind") == "自然人")
            found.append(pl.when(summary).then(pl.lit("普通程序")).otherwise("procedure").alias("procedure"))
        return found

    def _context(self) -> pl.DataFrame:
        plan, count = self.plan, self.count
        employer = self.operators[self.rng.integers(1, self.operators.height, count)]
        decided = self.days.get("determined_on")
        years = decided if decided is not None else np.full(count, np.datetime64(plan.day, "D"))
        year = pl.Series(years.astype("datetime64[Y]").astype(np.int64) + 1970).cast(pl.String)
        return self.subjects.with_columns(
            body=pl.lit(plan.body.name),
            mark=pl.lit(plan.body.mark),
            place=pl.lit(area_of(plan.body.area).name),
            year=year,
            n=pl.Series(np.arange(plan.first, plan.first + count)).cast(pl.String),
            employer=employer["name"],
            employer_uscc=employer["uscc"],
        )

    def _column(self, field: Field) -> pl.Series:
        if field.use is FieldUse.SUBJECT_NAME:
            return self.context["name"]
        if field.type is FieldType.DATE:
            return written(self.days[field.name], self.plan.body.form.dates)
        if field.type in _BY_TYPE:
            return _BY_TYPE[field.type](self, field)
        texts = value_words()["texts"]
        templates = texts.get(f"{self.item.code}.{field.name}") or texts.get(field.name) or self._plain(field)
        return fill(templates, self._any_of(len(templates)), self.context)

    def _plain(self, field: Field) -> list[str]:
        if field.use is FieldUse.BODY_NAME or field.name == "source_body_name":
            return ["{body}"]
        return [f"见{field.title.zh}附件"]

    def _any_of(self, choices: int) -> pl.Series:
        return pl.Series(self.rng.integers(0, choices, self.count))

    def code(self, field: Field) -> pl.Series:
        """Return labels of a code list, drawn by their shares."""
        if field.use is FieldUse.SUBJECT_KIND:
            labels = {code.value: code.label.zh for code in field.codes}
            return self.context["kind"].replace_strict(labels)
        if field.name == "provider_type" and "provider" in self.context.columns:
            return self.context["provider"].replace_strict({code.value: code.label.zh for code in field.codes})
        shares = value_words()["codes"]
        given = shares.get(f"{self.item.code}.{field.name}") or shares.get(field.name)
        labels_of = [code.label.zh for code in field.codes]
        if field.name == "state" and "state" in self.context.columns:
            return self.context["state"]
        if given:
            labels_of = list(given)
        weights = np.array(list(given.values()), float) if given else np.ones(len(labels_of))
        drawn = self.rng.choice(len(labels_of), self.count, p=weights / weights.sum())
        return pl.Series(labels_of, dtype=pl.String).gather(drawn)

    def id_type(self, field: Field) -> pl.Series:
        """Return the kind of document for rows that carry an identity number."""
        number = "legal_rep_id_no" if field.name.startswith("legal_rep") else "id_no"
        label = field.codes[0].label.zh if field.codes else "身份证"
        return self.context.select(pl.when(pl.col(number) != "").then(pl.lit(label)).otherwise(pl.lit(""))).to_series()

    def id_no(self, field: Field) -> pl.Series:
        """Return identity numbers: the subject's own or the legal representative's."""
        return self.context["id_no" if field.use is FieldUse.SUBJECT_ID_NO else "legal_rep_id_no"]

    def uscc(self, field: Field) -> pl.Series:
        """Return credit codes: the subject's, the department's, or an employer's."""
        if field.use is FieldUse.SUBJECT_USCC:
            return self.context["uscc"]
        if field.use is FieldUse.BODY_CODE or field.name == "source_body_code":
            return pl.Series([self.plan.body.uscc] * self.count)
        return self.context["employer_uscc"]

    def money(self, field: Field) -> pl.Series:
        """Return amounts in the unit of the column, with two decimals."""
        if field.name == "registered_capital" and "capital" in self.context.columns:
            return self.context["capital"].round(2).cast(pl.String)
        low, high = (0.5, 20.0) if field.scale > 100 else (1_000.0, 9_000.0)
        return pl.Series(np.round(self.rng.uniform(low, high, self.count), 2)).cast(pl.String)

    def number(self, field: Field) -> pl.Series:
        """Return whole numbers; a year is the one before the decision."""
        if "year" in field.name or "period" in field.name:
            return (self.context["year"].cast(pl.Int64) - 1).cast(pl.String)
        return pl.Series(self.rng.integers(1, 60, self.count)).cast(pl.String)

    def decimal(self, _: Field) -> pl.Series:
        """Return hours, by halves."""
        return pl.Series(self.rng.integers(2, 160, self.count) / 2).cast(pl.String)

    def yes(self, _: Field) -> pl.Series:
        """Return yes."""
        return pl.Series(["是"] * self.count)

    def url(self, _: Field) -> pl.Series:
        """Return addresses under example.org."""
        return fill(["https://shop-{n}.example.org/"], pl.Series(np.zeros(self.count, int)), self.context)

    def _thinned(self, field: Field, column: pl.Series) -> pl.Series:
        """Leave a column that may be empty empty in some rows."""
        needed = field.required or field.name in {gate.field for gate in self.item.gates}
        share = 1.0 if needed else float(value_words()["filled"].get(field.name, USUAL_FILL))
        if self.item.group_part == "basic" and field.name == "valid_until":
            share = 0.1
        if share >= 1:
            return column
        kept = pl.Series(self.rng.random(self.count) < share)
        return pl.select(pl.when(kept).then(column).otherwise(pl.lit(""))).to_series()

    def _table(self) -> dict[str, pl.Series]:
        """Return the columns that belong together: what was done, which article, which penalty, how much."""
        if self.item.code not in TABLES:
            return {}
        cases = read_cases(self.item.code, self.plan.body.kind)
        chosen = self._any_of(len(cases))
        amount = None
        if "fine" in cases[0]:
            low, high = (np.array([case["fine"][end] for case in cases]) for end in (0, 1))
            drawn = self.rng.triangular(0, 0, 1, self.count)
            places = chosen.to_numpy()
            fine = pl.Series(np.round(low[places] + (high - low)[places] * drawn, 2)).cast(pl.String)
            amount = pl.select(pl.when(pl.Series(high[places] > 0)).then(fine).otherwise(pl.lit(""))).to_series()
            self.context = self.context.with_columns(fine=amount)
        names = [field.name for field in self.item.fields if field.name in cases[0] and field.name != "fine"]
        columns = {name: fill([case[name] for case in cases], chosen, self.context) for name in names}
        if amount is not None:
            columns["fine"] = amount
        return columns


@cache
def read_cases(item_code: str, kind: str) -> list[dict[str, Any]]:
    """Return the cases of a department; one without cases of its own has those of any department."""
    cases = read_data(TABLES[item_code])
    own = [case for case in cases if kind in case["for"]]
    return own or [case for case in cases if "any" in case["for"]]


_BY_TYPE = {
    FieldType.CODE: Recipe.code,
    FieldType.ID_TYPE: Recipe.id_type,
    FieldType.ID_NO: Recipe.id_no,
    FieldType.USCC: Recipe.uscc,
    FieldType.MONEY: Recipe.money,
    FieldType.INTEGER: Recipe.number,
    FieldType.DECIMAL: Recipe.decimal,
    FieldType.BOOLEAN: Recipe.yes,
    FieldType.URL: Recipe.url,
}


def heading_of(item: ItemVersion, field: Field, edition: str) -> str:
    """Return how a department heads a column: official name, official code, or an older edition."""
    headers = field.headers
    wished = {"code": headers[:1], "old": headers[1:2] or headers[:1]}.get(edition, ())
    taken = {other.title.zh for other in item.fields if other is not field}
    taken |= {name for other in item.fields if other is not field for name in other.headers}
    return next((name for name in wished if name not in taken), field.title.zh)
