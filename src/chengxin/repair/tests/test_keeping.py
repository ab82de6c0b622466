"""What an application for repair says ends with the papers of its case; that it was made, and how it ended, stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import LazySettings
from django.conf import settings as live

from chengxin.access import facade as access
from chengxin.audit.models import Event
from chengxin.database.contracts import Channel
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


def test_the_papers_of_an_application_end_with_its_case(
    lin: Actor, papers: list[Handed], settings: LazySettings
) -> None:
    number = apply(lin, papers)
    facade.withdraw(lin, number, now=FIRST_DAY)
    given = facade.own_application(lin, number, now=FIRST_DAY).papers
    settings.LAW_PACK = "national"
    assert swept("case_paper", AFTER - timedelta(days=1)) == 0
    assert [is_kept(one.digest) for one in given] == [True, True]
    assert swept("case_paper", AFTER) == 1
    assert [is_kept(one.digest) for one in given] == [False, False]


def is_kept(digest: str) -> bool:
    return Path(live.FILES_ROOT, digest[:2], digest).exists()


def test_each_look_at_an_application_names_it(lin: Actor, papers: list[Handed]) -> None:
    number = apply(lin, papers)
    facade.own_applications(lin, now=FIRST_DAY)
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        looks = Event.objects.filter(subject_id=lin.subject_id, kind="disclose", categories=["repair"])
        assert list(looks.values_list("reference", flat=True)) == [number]
