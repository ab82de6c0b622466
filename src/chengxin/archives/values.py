"""Fields of a record as they are written for people; a number of a person is never among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext

from chengxin.archives.contracts import Shown
from chengxin.archives.language import reads_english
from chengxin.catalogue.contracts import Field, FieldType, FieldUse, ItemVersion, Words
from chengxin.ui.facade import day, yuan

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
_FIRST = (FieldUse.DOCUMENT_NO, FieldUse.PENALTY_KIND, FieldUse.VALID_UNTIL)
_HIDDEN = frozenset({FieldType.ID_NO, FieldType.ID_TYPE})


def words(text: Words) -> str:
    """Return a text of the catalogue in the reader's language."""
    return text.en if reads_english() and text.en else text.zh


def title_of(item: ItemVersion, content: Mapping[str, object]) -> str:
    """Return what a record is called: its title field, else the item."""
    field = item.field_for(FieldUse.TITLE)
    text = written(field, content.get(field.name)) if field else ""
    return text or words(item.title)


def main_facts(item: ItemVersion, content: Mapping[str, object], *, public: bool) -> tuple[Shown, ...]:
    """Return the few facts by which a reader knows a record again: document, kind, money, end of validity."""
    fields = [field for use in _FIRST if (field := item.field_for(use))]
    fields += [field for field in item.fields if field.type is FieldType.MONEY]
    return _shown(fields, content, public=public)[:4]


def all_facts(item: ItemVersion, content: Mapping[str, object], *, public: bool) -> tuple[Shown, ...]:
    """Return every field that has a value and may be shown, in the order of the catalogue."""
    return _shown((field for field in item.fields if field.use not in _SUBJECT), content, public=public)


def _shown(fields: Iterable[Field], content: Mapping[str, object], *, public: bool) -> tuple[Shown, ...]:
    return tuple(
        Shown(name=words(field.title), value=text)
        for field in fields
        if field.type not in _HIDDEN
        and not (public and (field.personal or not field.public))
        and (text := written(field, content.get(field.name)))
    )


def written(field: Field, value: object) -> str:
    """Return one value as people read it; nothing is an empty text."""
    if value is None or value == "":
        return ""
    if field.type is FieldType.DATE:
        return gettext("长期") if value == _NO_END else day(date.fromisoformat(str(value)))
    if field.type is FieldType.MONEY:
        return yuan(int(str(value)))
    if field.type is FieldType.BOOLEAN:
        return gettext("是") if value is True or value == "true" else gettext("否")
    if field.codes:
        given = [str(one) for one in value] if isinstance(value, list) else str(value).replace(";", "；").split("；")
        return "、".join(_label(field, one) for one in given)
    return str(value)


def _label(field: Field, value: str) -> str:
    return next((words(code.label) for code in field.codes if code.value == value), value)
