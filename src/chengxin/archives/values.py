"""Fields of a record as they are written for people; a number of a person is never among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from django.utils.translation import gettext

from chengxin.archives.contracts import Shown
from chengxin.archives.language import once_per_language
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import Field, FieldType, FieldUse, ItemVersion, Words
from chengxin.ui.facade import day, reads_english, yuan

Write = Callable[[object], str]
_NO_END = "2099-12-31"
_SUBJECT = frozenset(
    {
        FieldUse.SUBJECT_NAME,
        FieldUse.SUBJECT_KIND,
        FieldUse.SUBJECT_USCC,
        FieldUse.SUBJECT_ID_TYPE,
        FieldUse.SUBJECT_ID_NO,
        FieldUse.BODY_CODE,
        FieldUse.BODY_NAME,
        FieldUse.PROVENANCE,
    }
)
_MOST_MAIN = 4
_FIRST = (FieldUse.DOCUMENT_NO, FieldUse.PENALTY_KIND, FieldUse.VALID_UNTIL)
_UNIT = re.compile(r"\s*[（(][^（）()]*(元|yuan)[）)]$")
_HIDDEN = frozenset({FieldType.ID_NO, FieldType.ID_TYPE})


def words(text: Words) -> str:
    """Return a text of the catalogue in the reader's language."""
    return text.en if reads_english() and text.en else text.zh


def title_of(item: ItemVersion, content: Mapping[str, object]) -> str:
    """Return what a record is called: its title field, else the item."""
    field = item.field_for(FieldUse.TITLE)
    text = written(field, content.get(field.name)) if field else ""
    return text or words(item.title)


def facts_of(
    item: ItemVersion, content: Mapping[str, object], *, public: bool, also: frozenset[str] = frozenset()
) -> tuple[tuple[Shown, ...], tuple[Shown, ...]]:
    """Return the few facts by which a reader knows a record again, and all that have a value and may be shown.

    `also` names fields that an agreement opens besides the public ones; no personal field is opened by it.
    The few are document, kind, end of validity, money; all stand in the order of the catalogue. Each is written once.
    """
    plan, first = _plan(item.code, item.version, public, also)
    shown = {
        name: Shown(name=title, value=write(value))
        for name, title, write in plan
        if (value := content.get(name)) is not None and value != ""
    }
    return tuple(shown[name] for name in first if name in shown)[:_MOST_MAIN], tuple(shown.values())


def all_facts(item: ItemVersion, content: Mapping[str, object], *, public: bool) -> tuple[Shown, ...]:
    """Return every field that has a value and may be shown, in the order of the catalogue."""
    return facts_of(item, content, public=public)[1]


@once_per_language
def _plan(
    code: str, version: int, public: bool, also: frozenset[str]
) -> tuple[tuple[tuple[str, str, Write], ...], tuple[str, ...]]:
    """Return the fields of an item that may be shown (name, title, how values are written), and which come first."""
    item = catalogue.get_item_version(code, version=version)
    shown = [
        field
        for field in item.fields
        if field.use not in _SUBJECT
        and field.type not in _HIDDEN
        and not (public and (field.personal or not (field.public or field.name in also)))
    ]
    first = [field.name for use in _FIRST if (field := item.field_for(use))]
    first += [field.name for field in item.fields if field.type is FieldType.MONEY]
    return tuple((field.name, _title(field), _writer(field)) for field in shown), tuple(first)


def _title(field: Field) -> str:
    """Return what a field is called; money is written in yuan, whatever unit the form asks for."""
    title = words(field.title)
    return _UNIT.sub("", title) if field.type is FieldType.MONEY else title


def written(field: Field, value: object) -> str:
    """Return one value as people read it; nothing is an empty text."""
    return "" if value is None or value == "" else _writer(field)(value)


def _writer(field: Field) -> Write:
    """Return how the values of a field are written, none of them empty."""
    if field.type is FieldType.DATE:
        return _day
    if field.type is FieldType.MONEY:
        return lambda value: yuan(int(str(value)))
    if field.type is FieldType.BOOLEAN:
        return lambda value: gettext("是") if value is True or value == "true" else gettext("否")
    if field.codes:
        labels, comma = {code.value: words(code.label) for code in field.codes}, gettext("、")
        return lambda value: comma.join(labels.get(one, one) for one in _several(value))
    return str


@once_per_language
def _day(value: object) -> str:
    return gettext("长期") if value == _NO_END else day(date.fromisoformat(str(value)))


def _several(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else str(value).replace(";", "；").split("；")
