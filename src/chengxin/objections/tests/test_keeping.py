"""What was said in an objection ends with the papers of its case, a person's words and an operator's alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import LazySettings

from chengxin.archives.tests.conftest import sign_in
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.kernel.actor import Actor
from chengxin.objections import facade
from chengxin.objections.contracts import Ground
from chengxin.objections.tests.conftest import decide, object_to
from chengxin.retention.tests.test_retention import swept

# Removed on 23 November 2026: thirty-six months end with 23 November 2029.
AFTER = datetime(2029, 11, 24, 2, 0, tzinfo=UTC)


def test_the_words_are_emptied_three_years_after_the_end_and_the_course_is_still_read(
    boss: Actor, lin: Actor, market: Office, settings: LazySettings
) -> None:
    case, waits = object_to(boss, ground=Ground.WRONG_LISTING), object_to(lin)
    settings.LAW_PACK = "national"  # The province's pack is not known that far ahead.
    assert swept("objection", AFTER) == 0
    decide(case, "remove", market.clerk, market.approver)
    assert swept("objection", AFTER - timedelta(days=1)) == 0
    assert facade.own_case(boss, case.number, now=NOW).said[0].text != ""
    assert swept("objection", AFTER) == 1
    own = facade.own_case(boss, case.number, now=NOW)
    assert [one.text for one in own.said] == [""]
    assert [step.verb for step in own.steps] == ["open", "propose_remove", "remove"]
    assert facade.own_case(lin, waits.number, now=NOW).said[0].text != ""
    assert swept("objection", AFTER) == 0
    page = sign_in("boss").get(f"/me/objections/{case.number}").content.decode()
    assert "保存期满，内容已经销毁。" in page
