"""What platforms file (平台报送): taken late too, shown as late, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from chengxin.access import facade as access
from chengxin.audit.contracts import Kind
from chengxin.database.contracts import Channel
from chengxin.duties import models
from chengxin.duties.actions import record
from chengxin.duties.contracts import Owed, PlatformFiling, Report
from chengxin.duties.filing_duties import filing_duties
from chengxin.duties.filing_rules import due_of, owed, why_not_answer
from chengxin.duties.queries import VIEWING
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.codes import new_number
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.market import facade as market
from chengxin.market.contracts import FILING, Platform
from chengxin.reviews.facade import masked

PREFIX: Final = "PB"
_TURN: Final = "select pg_advisory_xact_lock(hashtext('chengxin.duties.filing'))"


def file_report(actor: Actor, report: Report, *, now: datetime, once: bool = False) -> PlatformFiling:
    """File what a duty asks for (平台报送): after its last day it is taken all the same and marked late for good.

    `once`: a program that sends the same again, word for word, is answered with the one that stands.
    """
    with access.acting_for(actor, channel=Channel.BODY, purpose=FILING), transaction.atomic():
        platform = market.platform_of(actor, now=now)
        duty = filing_duties().get(report.duty)
        refuse_if(why_not_answer(duty, report))
        assert duty is not None
        today, since = legal_day(now), legal_day(platform.registered_at)
        due_on = due_of(duty, report, since=since, today=today, pack=settings.LAW_PACK)
        if isinstance(due_on, Refusal):
            raise Refused(due_on)
        answers = {name: masked(said.strip())[0] for name, said in report.answers.items()}
        held = models.PlatformFiling.objects.filter(platform=platform.body, duty=report.duty, period=report.period)
        if once and (before := _same(held, report, answers)):
            return filing_of(before)
        row = models.PlatformFiling.objects.create(
            id=new_id(now),
            number=new_number(PREFIX, day=today),
            platform=platform.body,
            duty=report.duty,
            period=report.period,
            happened_on=report.happened_on,
            answers=answers,
            due_on=due_on,
            filed_on=today,
            is_supplement=bool(report.period) and held.exists(),
            filed_by=actor.key,
        )
        record(actor, "filing", row.number, kind=Kind.FILE, channel=Channel.BODY, now=now)
    return filing_of(row)


def _same(
    held: QuerySet[models.PlatformFiling], report: Report, answers: Mapping[str, str]
) -> models.PlatformFiling | None:
    """Return the filing that says the same already; two programs at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(_TURN)
    return held.filter(happened_on=report.happened_on, answers=answers).order_by("id").first()


def list_filings(platform: str, *, limit: int = 200) -> list[PlatformFiling]:
    """Return what a platform filed, the newest first."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = models.PlatformFiling.objects.filter(platform=platform).order_by("-id")
        return [filing_of(row) for row in rows[:limit]]


def find_latest_filing(platform: str, duty: str) -> PlatformFiling | None:
    """Return what a platform filed last under a duty, or None."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        row = models.PlatformFiling.objects.filter(platform=platform, duty=duty).order_by("-id").first()
    return filing_of(row) if row else None


def list_filed_periods(platform: str, duty: str) -> list[str]:
    """Return the months a platform has filed for under a duty, the newest first, however much it filed since."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = models.PlatformFiling.objects.filter(platform=platform, duty=duty).order_by("-period")
        return list(rows.values_list("period", flat=True).distinct())


def list_owed(platform: Platform, *, now: datetime, ahead: timedelta = timedelta(0)) -> list[Owed]:
    """Return what a platform owes and has not filed, the nearest last day first; with what opens so far ahead."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        filed = models.PlatformFiling.objects.filter(platform=platform.body).order_by()
        done = set(filed.values_list("duty", "period"))
    return owed(
        filing_duties().values(),
        done,
        since=legal_day(platform.registered_at),
        today=legal_day(now + ahead),
        pack=settings.LAW_PACK,
    )


def filing_of(row: models.PlatformFiling) -> PlatformFiling:
    """Return a filing as other packages see it."""
    return PlatformFiling(
        id=row.id,
        number=row.number,
        platform=row.platform,
        report=Report(duty=row.duty, answers=row.answers, period=row.period, happened_on=row.happened_on),
        due_on=row.due_on,
        filed_on=row.filed_on,
        is_supplement=row.is_supplement,
    )
