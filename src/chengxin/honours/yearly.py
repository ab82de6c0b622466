"""Honours that are to be looked at again: a year after the award or the last review, a case opens by itself."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Ref
from chengxin.database.contracts import Channel
from chengxin.honours import models
from chengxin.honours.contracts import Nomination, Standing
from chengxin.honours.drafts import PURPOSE
from chengxin.honours.queries import KEEPER, REVIEW, nominations_of
from chengxin.honours.rules import review_due
from chengxin.kernel.clock import legal_day


def begin_due(*, now: datetime) -> int:
    """Open the yearly review (年度复核) of each honour that stands and is due, once; its body decides what follows."""
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose=PURPOSE):
        rows = list(models.Nomination.objects.filter(record_id__isnull=False, withdrawn_at__isnull=True).order_by("id"))
    due = [one for one in nominations_of(rows, now=now) if _is_due(one, on=legal_day(now))]
    return sum(_begin(one, now=now) for one in due)


def _is_due(one: Nomination, *, on: date) -> bool:
    looked = one.reviewed_on or one.awarded_on
    stands = one.standing is Standing.AWARDED
    return stands and looked is not None and on >= review_due(looked, pack=settings.LAW_PACK)


def _begin(one: Nomination, *, now: datetime) -> bool:
    """Open the case unless one is open."""
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose=PURPOSE), transaction.atomic():
        if casework.find_open_case(REVIEW, ref_id=str(one.id)) is not None:
            return False
        casework.open_case(
            REVIEW,
            ref=Ref(kind="honour", id=str(one.id), subject_id=one.subject_id),
            body=one.body,
            opened_by=KEEPER,
            reasons=f"{legal_day(now).year}年度复核。",
            facts={"kind": one.kind},
            now=now,
        )
    return True
