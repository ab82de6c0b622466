"""Read the item files of a folder into item versions: blocks are included, code lists are looked up, versions laid over.

`items/*.yaml` hold items (one or many documents in a file), `items/blocks/*.yaml` hold field sets, `items/codes.yaml`
holds the code lists, departments and standing phrases, `items/groups.yaml` declares the 26 groups.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from chengxin.catalogue.contracts import Clocks, Code, Disclosure, Field, FieldType, Gate, ItemVersion, Nature, Order
from chengxin.catalogue.contracts import Words
from chengxin.catalogue.groups import expanded_items
from chengxin.catalogue.rules import why_not_declare
from chengxin.catalogue.schema import ItemError, WrittenBlock, WrittenField, WrittenItem, read_written
from chengxin.kernel.subject_kind import OPERATORS, SubjectKind

SHIPPED = Path(__file__).parent / "items"
NOT_ITEMS = frozenset({"codes.yaml", "groups.yaml"})
FEN = {"元": 100, "万元": 1_000_000}
PRIVATE = frozenset({Disclosure.AUTHORISED, Disclosure.SHARED, Disclosure.SELF})
OPEN = frozenset({Disclosure.PUBLIC, Disclosure.SHARED, Disclosure.SELF})
BY_CONSENT = frozenset({Disclosure.AUTHORISED, Disclosure.SELF})
DISCLOSURES = {
    "by_law": {kind: OPEN if kind in OPERATORS else PRIVATE for kind in SubjectKind},
    "private": dict.fromkeys(SubjectKind, PRIVATE),
    "by_consent": dict.fromkeys(SubjectKind, BY_CONSENT),
}
CLOCKS = {
    Nature.ADVERSE: Clocks(
        publicity="publicity.by_severity", query="query.adverse", use="use.adverse", retention="retention.adverse"
    ),
    Nature.FAVOURABLE: Clocks(
        publicity="publicity.favourable",
        query="query.long_term",
        use="use.long_term",
        retention="retention.long_term",
    ),
    Nature.BASIC: Clocks(
        publicity="publicity.while_valid", query="query.long_term", use="use.long_term", retention="retention.basic"
    ),
}


def load_items(folder: Path) -> tuple[ItemVersion, ...]:
    """Read every item version of a folder, sorted by code and version, or raise `ItemError` with all mistakes."""
    items: list[ItemVersion] = []
    problems: list[str] = []
    for where, raw in _documents(folder):
        try:
            items.append(_built(read_written(raw, where=where), where=where, folder=folder))
        except ItemError as error:
            problems += error.problems
    problems += _repeated(items)
    if problems:
        raise ItemError(problems)
    return tuple(sorted(items, key=lambda item: (item.code, item.version)))


def read_lists(folder: Path) -> Mapping[str, Any]:
    """Return the code lists, departments and phrases of the catalogue, with those of `folder` laid over them."""
    lists = {name: dict(values) for name, values in _yaml(SHIPPED / "codes.yaml")[0].items()}
    if folder != SHIPPED and (folder / "codes.yaml").exists():
        for name, values in _yaml(folder / "codes.yaml")[0].items():
            lists.setdefault(name, {}).update(values)
    return lists


def _documents(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each written item version with its file name; a later version inherits from the one before it."""
    if not folder.is_dir():
        raise ItemError([f"{folder.name}: this folder of catalogue items does not exist."])
    latest: dict[str, dict[str, Any]] = {}
    paths = [path for path in sorted(folder.glob("*.yaml")) if path.name not in NOT_ITEMS]
    written = [(path.name, raw) for path in paths for raw in _with_defaults(_yaml(path))]
    if (folder / "groups.yaml").exists():
        written += [("groups.yaml", raw) for raw in expanded_items(_yaml(folder / "groups.yaml")[0])]
    for where, raw in written:
        if isinstance(raw, dict) and raw.get("code") in latest and raw.get("version", 1) > 1:
            raw = _laid_over(latest[raw["code"]], raw)  # noqa: PLW2901
        if isinstance(raw, dict):
            latest[str(raw.get("code"))] = raw
        yield where, raw


def _with_defaults(documents: Iterable[Any]) -> Iterator[Any]:
    """Lay each item over the `defaults` document that stands before it in the same file."""
    defaults: dict[str, Any] = {}
    for raw in documents:
        if isinstance(raw, dict) and set(raw) == {"defaults"}:
            defaults = raw["defaults"]
        else:
            yield {**defaults, **raw} if isinstance(raw, dict) and raw.get("version", 1) == 1 else raw


def _laid_over(earlier: dict[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    """Return a later version: its words replace those before, its fields replace by name or are added, `drop` leaves."""
    dropped = set(later.get("drop", ()))
    changed = {field.get("name"): field for field in later.get("fields", ())}
    kept = [changed.pop(field.get("name"), field) for field in earlier["fields"] if field.get("name") not in dropped]
    body = {key: value for key, value in later.items() if key != "drop"}
    return {**earlier, **body, "fields": [*kept, *changed.values()]}


@cache
def _yaml_text(path: Path, _stamp: int) -> tuple[Any, ...]:
    try:
        return tuple(document for document in yaml.safe_load_all(path.read_text("utf-8")) if document is not None)
    except yaml.YAMLError as error:
        raise ItemError([f"{path.name}: this is not YAML that can be read: {error}"]) from None


def _yaml(path: Path) -> tuple[Any, ...]:
    return _yaml_text(path, path.stat().st_mtime_ns)


def _built(written: WrittenItem, *, where: str, folder: Path) -> ItemVersion:
    lists = read_lists(folder)
    problems: list[str] = []
    fields = tuple(_fields(written, folder=folder, lists=lists, problems=problems))
    item = ItemVersion(
        code=written.code,
        version=written.version,
        effective_on=written.effective_on,
        title=written.title,
        summary=written.summary,
        national_class=written.national_class,
        nature=written.nature,
        subject_kinds=written.subject_kinds,
        sources=written.sources,
        basis=written.basis,
        disclosure=_disclosure(written, problems),
        share_scope=_phrase(written.share_scope, lists["share_scopes"], "share_scope", problems),
        update_cycle=_phrase(written.update_cycle, lists["update_cycles"], "update_cycle", problems),
        clocks=_clocks(written),
        row_key=written.row_key,
        fields=fields,
        orders=tuple(Order(earlier=one.earlier, later=one.later, code=one.code) for one in written.orders),
        report_within=written.report_within,
        group=written.group,
        group_part=written.group_part,
        list_kind=written.list_kind,
        standing=written.standing,
        gates=tuple(Gate(**gate.__dict__) for gate in written.gates),
        ignored_headers=written.ignored_headers,
        person_publicity_key=written.person_publicity_key,
    )
    known = frozenset(lists["departments"])
    problems += [f"`sources`: {code} is no department of codes.yaml." for code in sorted(item.sources - known)]
    problems += [refusal.what for refusal in why_not_declare(item)]
    if problems:
        raise ItemError([f"{where}: item `{item.code}` version {item.version}, {problem}" for problem in problems])
    return item


def _disclosure(written: WrittenItem, problems: list[str]) -> dict[SubjectKind, frozenset[Disclosure]]:
    kinds = sorted(written.subject_kinds)
    if isinstance(written.disclosure, str):
        if written.disclosure not in DISCLOSURES:
            problems.append(f"`disclosure`: {written.disclosure} is none of {', '.join(DISCLOSURES)}.")
            return dict.fromkeys(kinds, PRIVATE)
        return {kind: DISCLOSURES[written.disclosure][kind] for kind in kinds}
    groups = {"persons": (SubjectKind.NATURAL_PERSON,), "operators": tuple(sorted(OPERATORS))}
    said: dict[SubjectKind, frozenset[Disclosure]] = {}
    for name, modes in written.disclosure.items():
        for kind in groups.get(name, (name,)):
            said[SubjectKind(kind)] = modes
    problems += [f"`disclosure` says nothing for {kind}: add it." for kind in kinds if kind not in said]
    return {kind: said.get(kind, PRIVATE) for kind in kinds}


def _clocks(written: WrittenItem) -> Clocks:
    """Fill the clocks left out: from the nature of the item, and no publicity where no mode is public."""
    default = CLOCKS[written.nature]
    if written.disclosure in ("private", "by_consent") or written.subject_kinds == {SubjectKind.NATURAL_PERSON}:
        default = replace(default, publicity="publicity.none")
    said = {name: value for name, value in written.clocks.__dict__.items() if value is not None}
    return replace(default, **said)


def _phrase(value: str | Words, phrases: Mapping[str, Any], word: str, problems: list[str]) -> Words:
    if isinstance(value, Words):
        return value
    if value not in phrases:
        problems.append(f"`{word}`: {value} is none of {', '.join(sorted(phrases))}; write [中文, English] instead.")
        return Words(zh=value, en=value)
    return Words(zh=phrases[value][0], en=phrases[value][1])


def _fields(
    written: WrittenItem, *, folder: Path, lists: Mapping[str, Any], problems: list[str]
) -> Iterator[Field]:
    standard = written.standard or "、".join(written.basis)
    for entry in written.fields:
        if isinstance(entry, WrittenField):
            yield _field(entry, standard=standard, lists=lists, problems=problems)
            continue
        for one in _block(entry, folder=folder, problems=problems):
            yield _field(one, standard=standard, lists=lists, problems=problems)


def _block(entry: WrittenBlock, *, folder: Path, problems: list[str]) -> list[WrittenField]:
    """Return the fields of a block, from the folder of the item or from the shipped one."""
    for place in (folder, SHIPPED):
        path = place / "blocks" / f"{entry.block}.yaml"
        if path.exists():
            break
    else:
        names = ", ".join(sorted(path.stem for path in (SHIPPED / "blocks").glob("*.yaml")))
        problems.append(f"`fields`: there is no block `{entry.block}`; there are {names}.")
        return []
    fields = [WrittenField.model_validate(raw) for raw in _yaml(path)[0]]
    return [
        one.model_copy(update={"headers": tuple(header.replace("{p}", entry.prefix) for header in one.headers)})
        for one in fields
        if one.name not in entry.without
    ]


def _field(one: WrittenField, *, standard: str, lists: Mapping[str, Any], problems: list[str]) -> Field:
    return Field(
        name=one.name,
        title=one.title,
        type=one.type,
        required=one.required,
        headers=one.headers,
        max_length=one.max,
        codes=_codes(one, lists=lists, problems=problems),
        scale=FEN[one.unit] if one.type == FieldType.MONEY else 1,
        personal=one.personal,
        public=one.public,
        mask=one.mask,
        use=one.use,
        note=one.note,
        required_for=one.required_for,
        multiple=one.multiple,
        source=one.source or standard,
    )


def _codes(one: WrittenField, *, lists: Mapping[str, Any], problems: list[str]) -> tuple[Code, ...]:
    if not isinstance(one.codes, str):
        return tuple(Code(value=code.value, label=code.label, also=code.also) for code in one.codes)
    if one.codes not in lists["codes"]:
        problems.append(f"field `{one.name}`: there is no code list `{one.codes}` in codes.yaml.")
        return ()
    return tuple(
        Code(value=str(raw[0]), label=Words(zh=raw[1], en=raw[2]), also=tuple(str(spelling) for spelling in raw[3:]))
        for raw in lists["codes"][one.codes]
    )


def _repeated(items: Iterable[ItemVersion]) -> list[str]:
    counts = Counter((item.code, item.version) for item in items)
    return [f"item `{code}` version {version} is written {count} times." for (code, version), count in counts.items() if count > 1]


def read_declared_groups() -> Mapping[str, Any]:
    """Return the declaration of the shipped groups."""
    declared: Mapping[str, Any] = _yaml(SHIPPED / "groups.yaml")[0]
    return declared


def configured_folders() -> tuple[Path, ...]:
    """Return the folders an installation adds (`CHENGXIN_CATALOGUE_FOLDERS`, separated like a search path)."""
    said = os.environ.get("CHENGXIN_CATALOGUE_FOLDERS", "")
    return tuple(Path(part) for part in said.split(os.pathsep) if part)
