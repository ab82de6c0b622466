"""The province's credit office with two officers, the city's below it, and an item to amend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.access.contracts import Body
from chengxin.amendments import facade
from chengxin.amendments.contracts import Amendment, Assessment, Verdict
from chengxin.casework import facade as casework
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue import shelf
from chengxin.intake.tests.conftest import NOW, SETUP, ground
from chengxin.kernel.actor import Actor
from chengxin.objections.tests.conftest import officer

__all__ = ["ground"]
DRAFTED = NOW  # Monday 23 November 2026; thirty days end on 23 December, a Wednesday.
CLOSED = datetime(2026, 12, 24, 2, 0, tzinfo=UTC)
DECIDED = datetime(2026, 12, 28, 2, 0, tzinfo=UTC)
FIRST_DAY = datetime(2027, 2, 1, 2, 0, tzinfo=UTC)
DRAFT = """
code: honour
version: 2
effective_on: 2027-02-01
fields:
  - {name: website, title: [公示网址, Where it is published], type: url, public: true, max: 200}
"""
SAID = Assessment(
    necessity="只增加公开网址，用于核对荣誉真伪。",
    impact="只涉及单位，不涉及个人。",
    safeguards="网址不含个人信息，入库前检查。",
    expert="行政法，某大学法学院",
    expert_note="必要，未减损权利。",
)


def credit_office(code: str, area: str, name: str) -> Body:
    return Body(
        code=code,
        name_zh=name,
        name_en=code,
        uscc="",
        area=area,
        level="province" if len(area) == 2 else "city",
        fields_of_work=(),
        parent="",
        is_credit_office=True,
    )


@pytest.fixture(autouse=True)
def files_alone() -> Iterator[None]:
    """Forget what other tests published by amendment."""
    shelf.hold(())
    yield
    shelf.hold(())


@world
def keepers(ground: None) -> tuple[Actor, Actor]:
    """Return two case officers of the province's credit office."""
    access.open_bodies(
        [credit_office("YTSX", "39", "云汀省信用办公室"), credit_office("YTXY", "3901", "云汀市信用办公室")],
        actor=SETUP,
        now=NOW,
    )
    return officer("sx-first", "YTSX"), officer("sx-second", "YTSX")


def opened(first: Actor, text: str = DRAFT) -> Amendment:
    found = facade.draft(first, text, reasons="公众无法核对荣誉的出处。", now=DRAFTED)
    casework.carry_out(found.case_id, verb="open_comment", actor=first, now=DRAFTED)
    return facade.get_public(found.item.code, found.place)


def answered(found: Amendment, first: Actor) -> None:
    """Publish and answer every comment, and assess."""
    for one in facade.list_comments(first, found):
        if one.look == "waiting":
            facade.publish_comment(first, found.id, one.id, now=CLOSED)
        facade.reply(first, found.id, one.id, verdict=Verdict.ADOPTED, text="采纳，已写入填报说明。", now=CLOSED)
    facade.assess(first, found.id, SAID, effective_on=None, now=CLOSED)


def approved(found: Amendment, first: Actor, second: Actor) -> Amendment:
    casework.carry_out(found.case_id, verb="propose", actor=first, now=CLOSED, reasons="意见已答复。")
    casework.carry_out(found.case_id, verb="approve", actor=second, now=DECIDED, reasons="看过意见和评估，同意。")
    catalogue.refresh()
    return facade.get_public(found.item.code, found.place)
