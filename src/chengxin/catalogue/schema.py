"""The written form of a catalogue item: what a YAML file may say, and errors that teach when it says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Tag, ValidationError
from pydantic import Field as Given
from pydantic_core import ErrorDetails

from chengxin.catalogue.contracts import Category, Disclosure, FieldType, FieldUse, Nature, Words
from chengxin.kernel.subject_kind import OPERATORS, SubjectKind

PERSONS = frozenset({SubjectKind.NATURAL_PERSON})
KIND_SETS = {"all": frozenset(SubjectKind), "operators": OPERATORS, "persons": PERSONS}


class ItemError(ValueError):
    """Tell the author of an item what is wrong, where, and what to do; `problems` has one line for each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def _words(value: object) -> object:
    if isinstance(value, Words):
        return value
    if isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value):
        return Words(zh=value[0], en=value[1])
    if isinstance(value, dict) and set(value) == {"zh", "en"}:
        return Words(zh=str(value["zh"]), en=str(value["en"]))
    raise ValueError("write two texts, [中文, English]; put a text with a comma or colon in quotes")


def _kinds(value: object) -> object:
    return KIND_SETS.get(value, value) if isinstance(value, str) else value


Text = Annotated[Words, BeforeValidator(_words)]
Kinds = Annotated[frozenset[SubjectKind], BeforeValidator(_kinds)]


class Written(BaseModel):
    """A part of an item file; a word that is not in the schema is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WrittenCode(Written):
    """One value of a code list."""

    value: str
    label: Text
    also: tuple[str, ...] = ()


class WrittenField(Written):
    """One column; see the package README for every word."""

    name: Annotated[str, Given(pattern=r"^[a-z][a-z0-9_]*$")]
    title: Text
    type: FieldType = FieldType.TEXT
    required: bool = False
    required_for: Kinds = frozenset()
    headers: tuple[str, ...] = ()
    max: Annotated[int, Given(gt=0, le=20_000)] = 256
    codes: str | tuple[WrittenCode, ...] = ()
    multiple: bool = False
    unit: Annotated[str, Given(pattern="^(元|万元)$")] = "元"
    personal: bool = False
    public: bool = False
    mask: str = ""
    use: FieldUse | None = None
    note: Text | None = None
    source: str = ""


class WrittenBlock(Written):
    """A shared set of fields, included by name; `{p}` in its headings becomes `prefix`."""

    block: str
    prefix: str = ""
    without: tuple[str, ...] = ()


def _block_or_field(value: object) -> str:
    return "block" if isinstance(value, WrittenBlock) or (isinstance(value, dict) and "block" in value) else "field"


Column = Annotated[
    Annotated[WrittenBlock, Tag("block")] | Annotated[WrittenField, Tag("field")], Discriminator(_block_or_field)
]


class WrittenOrder(Written):
    """Two date fields in their order."""

    earlier: str
    later: str
    code: str = "U-DATE-ORDER"


class WrittenGate(Written):
    """A condition a row must meet."""

    field: str
    code: str
    message: Text
    equals: str = ""
    at_least: str = ""
    basis: tuple[str, ...] = ()


class WrittenRowCategory(Written):
    """A category of the rows whose field holds a text."""

    category: Category
    field: str
    contains: Annotated[str, Given(min_length=1)]


class WrittenClocks(Written):
    """The four clocks as keys of law; what is left out follows from the nature of the item."""

    publicity: str | None = None
    query: str | None = None
    use: str | None = None
    retention: str | None = None
    publicity_by_source: dict[str, str] | None = None


class WrittenItem(Written):
    """One version of an item, after a later version has been laid over its earlier one."""

    code: Annotated[str, Given(pattern=r"^[a-z][a-z0-9_]*(\.[A-Za-z0-9_]+)*$")]
    version: Annotated[int, Given(ge=1)] = 1
    effective_on: date
    title: Text
    summary: Text
    national_class: Annotated[int, Given(ge=1, le=13)]
    nature: Nature
    subject_kinds: Kinds
    sources: Annotated[frozenset[str], Given(min_length=1)]
    basis: Annotated[tuple[str, ...], Given(min_length=1)]
    disclosure: str | dict[str, frozenset[Disclosure]] = "by_law"
    share_scope: str | Text = "organs"
    update_cycle: str | Text = "7_working_days"
    clocks: WrittenClocks = WrittenClocks()
    row_key: Annotated[tuple[str, ...], Given(min_length=1)]
    fields: Annotated[tuple[Column, ...], Given(min_length=1)]
    orders: tuple[WrittenOrder, ...] = ()
    gates: tuple[WrittenGate, ...] = ()
    report_within: str = ""
    group: str = ""
    group_part: str = ""
    list_kind: str = ""
    standing: Annotated[str, Given(pattern="^(binding|provisional)$")] = "provisional"
    standard: str = ""
    ignored_headers: frozenset[str] = frozenset()
    person_publicity_key: str = ""
    categories: frozenset[Category] = frozenset()
    row_categories: tuple[WrittenRowCategory, ...] = ()


ADVICE = {
    "missing": "is missing: add it",
    "extra_forbidden": "is not a word of the schema: check its spelling or leave it out",
    "string_pattern_mismatch": "is written in a way that is not allowed",
    "enum": "has a value that is not on the list",
}


def read_written(raw: object, *, where: str) -> WrittenItem:
    """Read one item from its YAML value, or raise `ItemError` with a line for each mistake."""
    if not isinstance(raw, dict):
        raise ItemError([f"{where}: an item is a mapping that begins with `code:`."])
    try:
        return WrittenItem.model_validate(raw)
    except ValidationError as error:
        name = f"{where}: item `{raw.get('code', '?')}`"
        raise ItemError(sorted({_line(name, raw, problem) for problem in error.errors()})) from None


def _line(name: str, raw: dict[str, Any], problem: ErrorDetails) -> str:
    path = [part for part in problem["loc"] if part not in ("block", "field")]
    spot = ".".join(str(part) for part in path)
    if path[:1] == ["fields"] and len(path) > 1 and isinstance(path[1], int):
        field = raw["fields"][path[1]]
        label = field.get("name", f"no. {path[1] + 1}") if isinstance(field, dict) else f"no. {path[1] + 1}"
        spot = f"field `{label}`" + (", `" + ".".join(str(part) for part in path[2:]) + "`" if path[2:] else "")
    else:
        spot = f"`{spot}`"
    advice = ADVICE.get(problem["type"], problem["msg"].removeprefix("Value error, "))
    if problem["type"] in ("enum", "string_pattern_mismatch"):
        advice += f" ({problem['msg']})"
    return f"{name}, {spot}: {advice}."
