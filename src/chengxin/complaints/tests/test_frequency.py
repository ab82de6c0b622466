"""A contact that tells often is turned away by nothing, and who decides does not know it before the decision."""

from __future__ import annotations

import pytest
from django.db import DatabaseError

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.complaints import facade, models
from chengxin.complaints.contracts import Frequency
from chengxin.complaints.tests.conftest import LATER, WHO, report
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, platform

SAID = "同一联系方式一年以内的举报"


@pytest.mark.clause("E5.3c")
def test_how_often_a_contact_told_is_seen_after_the_decision_alone_and_turns_no_tip_away(
    offices: dict[str, Actor],
) -> None:
    city, browser = offices["city"], sign_in("xy-first")
    first = report(**WHO)
    others = [report(**{**WHO, "contact": "139 0000-0000", "name": ""}) for _place in range(11)]
    report()
    tips = {one.number: one for one in facade.list_of_office(city)}
    assert len(tips) == 13
    assert {(one.state, str(one.due_on)) for one in tips.values()} == {("received", "2026-12-14")}
    tip = tips[first.number]
    assert facade.find_frequency(city, tip.id, now=LATER) is None
    assert SAID not in browser.get(f"/office/tips/{tip.id}").content.decode()
    for number, verb in ((others[0].number, "find"), (first.number, "dismiss")):
        facade.answer(city, tips[number].id, text="开始核查。", verb="check", reasons="", now=LATER)
        assert facade.find_frequency(city, tips[number].id, now=LATER) is None
        facade.answer(city, tips[number].id, text="核查完了。", verb=verb, reasons=f"{verb}：核对了记录。", now=LATER)
    assert facade.find_frequency(city, tip.id, now=LATER) == Frequency(others=11, founded=1)
    assert SAID in browser.get(f"/office/tips/{tip.id}").content.decode()
    assert report(**WHO).number


def test_an_anonymous_tip_has_no_tag_and_a_destroyed_one_keeps_none(offices: dict[str, Actor]) -> None:
    named, _anonymous = report(**WHO), report()
    sweeper = platform("retention")
    with access.acting_for(sweeper, channel=Channel.JOB, purpose="retention"):
        tags = dict(models.Tip.objects.values_list("number", "caller_tag"))
    assert sorted(tag is None for tag in tags.values()) == [False, True]
    with pytest.raises(DatabaseError), access.acting_for(sweeper, channel=Channel.JOB, purpose="retention"):
        models.Tip.objects.filter(number=named.number).update(destroyed_at=LATER, identity="")
