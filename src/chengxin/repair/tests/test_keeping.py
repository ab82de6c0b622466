"""What an application for repair says ends with the papers of its case; that it was made, and how it ended, stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import LazySettings

from chengxin.kernel.actor import Actor
from chengxin.repair import facade
from chengxin.repair.contracts import Handed
from chengxin.repair.tests.conftest import FIRST_DAY, apply
from chengxin.retention.tests.test_retention import swept

# Withdrawn on 21 December 2026: thirty-six months end with 21 December 2029.
AFTER = datetime(2029, 12, 22, 2, 0, tzinfo=UTC)


def test_what_was_applied_for_is_emptied_three_years_after_the_end_and_the_list_still_opens(
    lin: Actor, papers: list[Handed], settings: LazySettings
) -> None:
    number = apply(lin, papers)
    settings.LAW_PACK = "national"  # The province's pack is not known that far ahead.
    assert swept("repair", AFTER) == 0
    facade.withdraw(lin, number, now=FIRST_DAY)
    assert swept("repair", AFTER - timedelta(days=1)) == 0
    assert facade.own_application(lin, number, now=FIRST_DAY).title != ""
    assert swept("repair", AFTER) == 1
    emptied = facade.own_application(lin, number, now=FIRST_DAY)
    assert (emptied.title, emptied.document_no, emptied.number) == ("", "", number)
    assert [one.number for one in facade.own_applications(lin, now=FIRST_DAY)] == [number]
    assert swept("repair", AFTER) == 0
