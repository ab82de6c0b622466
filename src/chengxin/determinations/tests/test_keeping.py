"""A draft ends with the papers of its case: on its day, by the sweep alone, and the course stays to be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from chengxin.access import facade as access
from chengxin.archives.tests.conftest import sign_in
from chengxin.database.contracts import Channel
from chengxin.determinations import facade, models
from chengxin.determinations.contracts import Determination
from chengxin.determinations.tests.conftest import HEARD, PERSON, draft, take, until_proposed
from chengxin.intake.tests.conftest import Office
from chengxin.kernel.actor import Actor
from chengxin.kernel.actor import platform as platform_actor
from chengxin.retention.tests.test_retention import swept

# Dropped on 3 December 2026: thirty-six months end with 3 December 2029.
AFTER = datetime(2029, 12, 4, 2, 0, tzinfo=UTC)
SWEEPER = platform_actor("retention")


def sealed_of(market: Office, *found: Determination) -> list[bytes]:
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="determination"):
        return [bytes(models.Determination.objects.get(id=one.id).sealed) for one in found]


def changed(actor: Actor, purpose: str, words: str) -> int:
    with (
        access.acting_for(actor, channel=Channel.INTAKE, purpose=purpose),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"update determinations_determination set {words}")
        return cursor.rowcount


def test_a_draft_is_emptied_three_years_after_its_case_was_closed_and_its_course_stays(
    lin: Actor, market: Office, slip: Path, settings: LazySettings
) -> None:
    settings.LAW_PACK = "national"  # The province's pack is not known that far ahead.
    found = until_proposed(market, slip)
    open_one = draft(market)
    assert swept("draft", AFTER) == 0
    take(found, "drop", market.approver, HEARD, "证据不足。")
    assert swept("draft", AFTER - timedelta(days=1)) == 0
    assert all(sealed_of(market, found, open_one))
    assert swept("draft", AFTER) == 1
    emptied, kept = sealed_of(market, found, open_one)
    assert (emptied, kept != b"") == (b"", True)
    (own,) = facade.list_own(lin, now=HEARD)
    assert own.number == found.number
    page = sign_in("lin").get(f"/me/determinations/{own.number}")
    assert (page.status_code, PERSON["decision_facts"] in page.content.decode()) == (200, False)
    assert swept("draft", AFTER) == 0


def test_nobody_else_empties_a_draft_and_the_sweep_does_nothing_else(lin: Actor, market: Office, slip: Path) -> None:
    found = until_proposed(market, slip)
    for words in ("sealed = ''", "sealed = 'x'"):
        with pytest.raises(ProgrammingError, match="until its keeping ends"):
            changed(market.clerk, "determination", words)
    assert changed(SWEEPER, "retention", "sealed = ''") == 0  # Its case is open.
    take(found, "drop", market.approver, HEARD, "证据不足。")
    for words in ("sealed = 'x'", "sealed = '', decided_on = '2026-12-03'", "undone_at = now()"):
        with pytest.raises(ProgrammingError, match="changes nothing else"):
            changed(SWEEPER, "retention", words)
    assert all(sealed_of(market, found))
