"""Standards change by amendment: draft, public comment, replies, decision by a second person (package `amendments`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from django.urls import reverse

from chengxin.amendments.contracts import Kind
from chengxin.catalogue.contracts import Words
from chengxin.catalogue.facade import ItemError, as_yaml
from chengxin.kernel.refusal import Refused
from chengxin.standards import display, reading, shelf
from chengxin.standards.contracts import Standard
from chengxin.standards.differences import differences

WHERE: Final = "draft"


def read_draft(text: str) -> Standard:
    """Return the version a draft describes, checked as files are; the next number, a later first day."""
    said = reading.code_in(text, where=WHERE)
    versions = shelf.history(said)
    newest = versions[-1] if versions else None
    found = reading.read_one(text, over=newest, where=WHERE)
    wanted = newest.version + 1 if newest else 1
    if found.version != wanted:
        raise ItemError([f"{WHERE}: `version` is {found.version}; the next version of this standard is {wanted}."])
    if newest and found.effective_on <= newest.effective_on:
        raise ItemError([f"{WHERE}: a later version takes effect on a later day than {newest.effective_on}."])
    return found


def draft_of(code: str) -> str:
    """Return the YAML from which the next version is written: the newest one whole, counted up."""
    versions = shelf.history(code)
    if not versions:
        raise Refused(shelf.absent())
    return as_yaml({**reading.written_of(versions[-1]), "version": versions[-1].version + 1})


def _publish(standard: Standard, reference: str, now: datetime) -> int:  # noqa: ARG001 - the row of the amendment is it
    """Return the number of the version; the approved amendment itself is where it is kept."""
    return standard.version


def _parts(standard: Standard, on: date) -> Mapping[str, object]:  # noqa: ARG001 - nothing of a version turns on the day
    return display.whole(standard)


def _current(on: date) -> list[Standard]:
    return [found for code in shelf.codes() if (found := shelf.in_force(code, on=on))]


KIND: Final = Kind(
    name=Words(zh="评价指标标准", en="Indicator standard"),
    template="standards/parts/whole.html",
    read_draft=read_draft,
    draft_of=draft_of,
    definition_of=reading.as_definition,
    value_of=reading.of_definition,
    history=shelf.history,
    list_current=_current,
    differences=differences,
    parts=_parts,
    publish=_publish,
    address=lambda code: reverse("standard", args=[shelf.slug_of(code)]),
)
