"""The files that the departments of the province hand in over fifteen months, one after another, with their truth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from chengxin.catalogue.contracts import FieldUse
from chengxin.demo.cast import Member
from chengxin.demo.days import edges, written
from chengxin.demo.faults import Fault, Spoiler, put_subject, truth_of
from chengxin.demo.places import read_data
from chengxin.demo.plans import Plan, story_day
from chengxin.demo.population import Population
from chengxin.demo.values import TABLES, Recipe, heading_of
from chengxin.demo.writing import FIRST_LINE, write_file

SOUND_ROWS = 16
EDGES_WITHIN_DAYS = 50
EDGES_NEED_ROWS = 20
OLD_COLUMNS = {"DFBM": "390000", "地方编码": "390000"}

Row = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What a filing should answer: rows in it, rows questioned, rows held for review, rows handed in before."""

    rows: int
    questioned: int
    review: int
    repeated: int


@dataclass(frozen=True, kw_only=True)
class Filing:
    """One file on one day: `truth` has a line for each mistake in it (file, row, kind, field, code, value)."""

    number: int
    day: date
    body_code: str
    item_code: str
    file_name: str
    media: str
    content: bytes
    expected: Expected
    truth: pl.DataFrame


def make_filings(
    plans: Sequence[Plan], population: Population, *, cast: Sequence[Member], today: date, seed: int, after: int = 0
) -> Iterator[Filing]:
    """Yield the filings numbered above `after` in the order of their days; each has a random stream of its own."""
    written_for = cast_rows(plans, cast, today=today)
    previous: dict[tuple[str, str], list[Row]] = {}
    for plan in plans:
        rng = np.random.default_rng([seed, 5, plan.number])
        rows = Recipe(plan, population, rng).rows().to_dicts()
        _put_edges(plan, rows, today=today)
        for place, given in enumerate(written_for.get(plan.number, [])):
            _put_member(plan, rows[place], given, population=population, today=today)
        key = (plan.body.code, plan.item.code)
        if plan.number > after:
            yield _finish(plan, rows, population=population, earlier=previous.get(key, []), rng=rng)
        previous[key] = rows[SOUND_ROWS : SOUND_ROWS + 200]


def _finish(
    plan: Plan, rows: list[Row], *, population: Population, earlier: list[Row], rng: np.random.Generator
) -> Filing:
    form = plan.body.form
    sound = [dict(row) for row in rows]
    spoiler = Spoiler(plan, rows, minor=population.minor(rng), rng=rng)
    faults = spoiler.spoil(sound_first=min(SOUND_ROWS, len(rows) // 2))
    faults += _repeat(plan, rows, earlier, rng=rng)
    file_name = f"{plan.number:05d}_{plan.item.code}_{plan.body.code}_{plan.day:%Y%m%d}.{form.media}"
    filing = Filing(
        number=plan.number,
        day=plan.day,
        body_code=plan.body.code,
        item_code=plan.item.code,
        file_name=file_name,
        media=form.media,
        content=write_file(_sheet(plan, rows), form),
        expected=Expected(
            rows=len(rows),
            questioned=sum(bool(fault.code) for fault in faults),
            review=sum(fault.kind == "two_names" for fault in faults),
            repeated=sum(fault.kind == "repeated" for fault in faults),
        ),
        truth=truth_of(file_name, faults, rows, first_line=FIRST_LINE[form.media]),
    )
    rows[:] = sound
    return filing


def _repeat(plan: Plan, rows: list[Row], earlier: list[Row], *, rng: np.random.Generator) -> list[Fault]:
    """Hand in again, unchanged, some rows of the department's last file."""
    count = min(len(earlier), int(rng.binomial(len(rows), plan.body.quality.repeated)))
    faults = []
    for row in earlier[:count]:
        rows.append(dict(row))
        faults.append(Fault(place=len(rows) - 1, kind="repeated", field=plan.item.row_key[0], code=""))
    return faults


def _sheet(plan: Plan, rows: list[Row]) -> pl.DataFrame:
    """Return the rows under the department's own headings, without columns nobody filled."""
    item, edition = plan.item, plan.body.form.headings
    frame = pl.DataFrame(rows, schema={field.name: pl.String for field in item.fields})
    used = [
        field
        for field in item.fields
        if field.required or field.name in item.row_key or bool((frame[field.name] != "").any())
    ]
    if edition == "old" and item.code in {"penalty", "licence"}:
        used = [field for field in used if field.use is not FieldUse.SUBJECT_KIND]
    sheet = frame.select(pl.col(field.name).alias(heading_of(item, field, edition)) for field in used)
    if edition == "old":
        old = [name for name in OLD_COLUMNS if name in item.ignored_headers][:1]
        sheet = sheet.with_columns(pl.lit(plan.body.area).alias(name) for name in old)
    return sheet


def _put_edges(plan: Plan, rows: list[Row], *, today: date) -> None:
    """Let publicity end yesterday, today and tomorrow in the penalties filed last."""
    if (
        plan.item.code != "penalty"
        or len(rows) < EDGES_NEED_ROWS
        or today - plan.day > timedelta(days=EDGES_WITHIN_DAYS)
    ):
        return
    style = plan.body.form.dates
    for place, given in enumerate(edges(today), start=4):
        row = rows[place]
        for name in ("declared_publicity_until", "penalty_valid_until", "ended_act_on"):
            row[name] = ""
        for name, value in given.items():
            row[name] = _day(value, style) if isinstance(value, date) else str(value)
        row["notified_on"] = row["determined_on"]
        row["procedure"], row["provenance"] = "普通程序", "认定"


def _day(day: date, style: str) -> str:
    return str(written(np.array([day], dtype="datetime64[D]"), style)[0])


def cast_rows(plans: Sequence[Plan], cast: Sequence[Member], *, today: date) -> Mapping[int, list[dict[str, Any]]]:
    """Return by number of filing the lines of the cast's stories it carries."""
    members = {member.key: member for member in cast}
    found: dict[int, list[dict[str, Any]]] = {}
    for given in read_data("cast_records.yaml"):
        fitting = [plan for plan in plans if plan.item.code == given["item"]]
        if fitting:
            plan = _plan_of(given, fitting, today=today)
            found.setdefault(plan.number, []).append({**given, "member": members[given["member"]]})
    return found


def _plan_of(given: dict[str, Any], fitting: Sequence[Plan], *, today: date) -> Plan:
    """Return the filing that carries a line: one of its own for the day it names, or one of the fifteen months."""
    if "filed" not in given:
        return fitting[round(float(given["when"]) * (len(fitting) - 1))]
    own = [plan for plan in fitting if plan.body.code == given["body"]]
    day = story_day([plan.day for plan in own], today=today, filed=given["filed"])
    return next(plan for plan in reversed(own) if plan.day == day)


def _put_member(plan: Plan, row: Row, given: dict[str, Any], *, population: Population, today: date) -> None:
    member = given["member"]
    runs_shop = member.runs_shop and plan.item.code in OPERATOR_STORIES
    subject = population.member(member.key, runs_shop=runs_shop)
    put_subject(plan.item, row, subject)
    if "case" in given:
        _put_case(plan, row, given["case"], name=str(subject["name"]))
    row.update(given.get("values", {}))
    for name, shift in given.get("days", {}).items():
        row[name] = _day(today + timedelta(days=shift), plan.body.form.dates)


def _put_case(plan: Plan, row: Row, violation_kind: str, *, name: str) -> None:
    """Write one of the cases of the item into a row whose days follow from the story alone."""
    case = next(one for one in read_data(TABLES[plan.item.code]) if one["violation_kind"] == violation_kind)
    fine = f"{case['fine'][0]:.2f}" if case["fine"][1] else ""
    for column in ("violation_kind", "violation_facts", "legal_basis", "penalty_kind", "penalty_content", "severity"):
        row[column] = case[column].format(name=name, body=plan.body.name, fine=fine)
    for column in (
        "declared_publicity_until",
        "penalty_valid_until",
        "ended_act_on",
        "confiscated",
        "restriction_until",
    ):
        row[column] = ""
    row.update(fine=fine, procedure="普通程序", provenance="认定")


CASE_TEXTS = ("violation_kind", "violation_facts", "legal_basis", "penalty_kind", "penalty_content", "severity")
CASE_EMPTY = ("declared_publicity_until", "penalty_valid_until", "ended_act_on", "confiscated", "restriction_until")
OPERATOR_STORIES = frozenset(
    {
        "licence",
        "penalty",
        "commitment",
        "commitment_fulfilment",
        "sampling_inspection",
        "ecommerce_operator",
        "tax_grade",
    }
)
