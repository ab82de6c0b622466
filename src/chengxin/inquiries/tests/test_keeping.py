"""Whom a statutory query named ends as papers do; that it was asked, its basis and each look stay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, transaction

from chengxin.access import facade as access
from chengxin.archives.tests.conftest import citizen
from chengxin.database.contracts import Channel
from chengxin.inquiries.models import NamedPerson
from chengxin.inquiries.tests.test_statutory import WANG_NO, approve, ask, looks, organ
from chengxin.intake.tests.conftest import Office
from chengxin.kernel.actor import Actor
from chengxin.kernel.ids import new_id
from chengxin.retention.tests.test_retention import swept

__all__ = ["organ"]

# Asked on 23 November 2026: thirty-six months end with 23 November 2029.
AFTER = datetime(2029, 11, 24, 2, 0, tzinfo=UTC)


def names(clerk: Actor) -> list[str]:
    with access.acting_for(clerk, channel=Channel.BODY, purpose="statutory_query"):
        return list(NamedPerson.objects.order_by("place").values_list("shown", flat=True))


def test_masked_names_are_emptied_three_years_after_the_query_and_nobody_else_changes_them(
    lin: Actor, organ: Office, settings: LazySettings
) -> None:
    citizen("wang", WANG_NO)
    address = ask().url
    for word in ("", "王*"):
        with (
            access.acting_for(organ.approver, channel=Channel.BODY, purpose="statutory_query"),
            pytest.raises(DatabaseError, match="stays as it is"),
            transaction.atomic(),
        ):
            assert (
                NamedPerson.objects.filter(authorisation_id=None).update(shown=word, authorisation_id=new_id(AFTER))
                == 2
            )
    assert approve(address).status_code == 302
    before = looks(lin.subject_id)
    settings.LAW_PACK = "national"  # The province's pack is not known that far ahead.
    assert swept("statutory_name", AFTER - timedelta(days=1)) == 0
    assert names(organ.clerk) == ["林**", "望**"]
    assert swept("statutory_name", AFTER) == 1
    assert names(organ.clerk) == ["", ""]
    assert looks(lin.subject_id) == before
    assert swept("statutory_name", AFTER) == 0
