"""Build an item version from its written form: blocks are included, code lists looked up, clocks filled in."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from chengxin.catalogue.contracts import (
    Clocks,
    Code,
    Disclosure,
    Field,
    FieldType,
    Gate,
    ItemVersion,
    Nature,
    Order,
    RowCategory,
    Words,
)
from chengxin.catalogue.groups import why_not_part
from chengxin.catalogue.rules import why_not_declare
from chengxin.catalogue.schema import ItemError, WrittenBlock, WrittenField, WrittenItem
from chengxin.catalogue.yaml_files import SHIPPED, read_lists, read_yaml
from chengxin.kernel.subject_kind import OPERATORS, SubjectKind

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


def built(written: WrittenItem, *, where: str, folder: Path) -> ItemVersion:
    """Return the item version a file describes, or raise `ItemError` with all its mistakes."""
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
        categories=written.categories,
        row_categories=tuple(RowCategory(**one.__dict__) for one in written.row_categories),
    )
    problems += _strangers(item, known=lists["departments"])
    refusals = [*why_not_declare(item), *filter(None, [why_not_part(item)])]
    problems += [refusal.filled(refusal.what) for refusal in refusals]
    if problems:
        raise ItemError([f"{where}: item `{item.code}` version {item.version}, {problem}" for problem in problems])
    return item


def _strangers(item: ItemVersion, *, known: Container[str]) -> list[str]:
    """Return a line for each department that codes.yaml does not know."""
    named = {("sources", code) for code in item.sources}
    named |= {("clocks.publicity_by_source", code) for code, _ in item.clocks.publicity_by_source}
    return [f"`{word}`: {code} is no department of codes.yaml." for word, code in sorted(named) if code not in known]


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
    by_source = tuple(sorted(said.pop("publicity_by_source", {}).items()))
    return replace(default, **said, publicity_by_source=by_source)


def _phrase(value: str | Words, phrases: Mapping[str, Any], word: str, problems: list[str]) -> Words:
    if isinstance(value, Words):
        return value
    if value not in phrases:
        problems.append(f"`{word}`: {value} is none of {', '.join(sorted(phrases))}; write [中文, English] instead.")
        return Words(zh=value, en=value)
    return Words(zh=phrases[value][0], en=phrases[value][1])


def _fields(written: WrittenItem, *, folder: Path, lists: Mapping[str, Any], problems: list[str]) -> Iterator[Field]:
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
    fields = [WrittenField.model_validate(raw) for raw in read_yaml(path)[0]]
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
