"""Buy a sample, enter what a laboratory found, serve it, and begin a determination from a final result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.determinations import facade as determinations
from chengxin.determinations.contracts import Determination
from chengxin.inspections import models
from chengxin.inspections.contracts import Purchase, Report, Result
from chengxin.inspections.queries import PURPOSE, absent
from chengxin.inspections.rules import reserve_until, retest_until, why_not_bought, why_not_reported
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.law.facade import cites

ITEM: Final = "ecommerce_violation"


def buy(actor: Actor, sample_id: UUID, purchase: Purchase, *, papers: Sequence[str], now: datetime) -> Case:
    """Enter how a sample was bought (登记买样): at the authority's cost, with its papers."""
    refuse_if(why_not_bought(purchase, today=legal_day(now)))
    given = {
        "goods": purchase.goods.strip(),
        "order": purchase.order.strip(),
        "paid_fen": purchase.paid_fen,
        "bought_on": purchase.bought_on,
        "reserve": purchase.reserve.strip(),
    }
    return _enter(actor, sample_id, "buy", given, papers=papers, now=now)


def report(actor: Actor, sample_id: UUID, found: Report, *, papers: Sequence[str], now: datetime) -> Case:
    """Enter what the laboratory found (登记检验报告); it is final for nobody yet."""
    refuse_if(why_not_reported(found))
    given = {"laboratory": found.laboratory.strip(), "finding": found.finding.strip()}
    return _enter(actor, sample_id, "report", given, papers=papers, now=now)


@cites("PQL/15", "D/inspection-kept")
def tell(actor: Actor, sample_id: UUID, *, received_on: date, papers: Sequence[str], now: datetime) -> Case:
    """Enter when the merchant received the result, with proof (登记送达): from that day the right to a re-test runs."""
    if received_on > legal_day(now):
        raise Refused(
            Refusal(
                code="IN-RECEIVED",
                what="送达日不能晚于今天。",
                next_step="填回执上商家收到的日期。",
                field="received_on",
            )
        )
    given = {
        "told_on": received_on,
        "retest_until": retest_until(received_on),
        "reserve_until": reserve_until(received_on),
    }
    return _enter(actor, sample_id, "tell", given, papers=papers, now=now)


@cites("PQL/15", "D/inspection-retest")
def retest(actor: Actor, sample_id: UUID, found: Report, *, papers: Sequence[str], reasons: str, now: datetime) -> Case:
    """Enter what the other laboratory found (登记复检结论): it alone decides."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        first = _access(actor, sample_id, now=now).laboratory
    refuse_if(why_not_reported(found, first=first))
    given = {"retest_laboratory": found.laboratory.strip(), "finding": found.finding.strip()}
    verb = "retest_passed" if found.passed else "retest_failed"
    return _enter(actor, sample_id, verb, given, papers=papers, reasons=reasons, now=now)


@cites("EC/85", "PQL/15")
def begin_determination(actor: Actor, sample_id: UUID, *, cells: Mapping[str, str], now: datetime) -> Determination:
    """Begin a determination (认定) from a final unqualified result that was published; it runs its own course."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        row = _access(actor, sample_id, now=now, action="inspection.read")
        if row.result != Result.FAILED or row.published_on is None or row.determination_id is not None:
            raise Refused(
                Refusal(
                    code="IN-NOT-FINAL",
                    what="这个结果现在不能起草认定。",
                    why="只有最终不合格、已经公布的结果，才能据此起草一次认定。",
                    next_step="复检期没有过的请等；复检合格的没有后果；已经起草的，在失信行为认定里继续。",
                    basis=("PQL/15",),
                )
            )
        papers = casework.papers_of(row.result_case_id) if row.result_case_id else ()
    found = determinations.draft(
        actor, ITEM, cells=cells, facts={"inspection": row.result_number}, evidence=sorted(papers), now=now
    )
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        models.Sample.objects.filter(id=sample_id).update(determination_id=found.id)
    return found


def _enter(
    actor: Actor,
    sample_id: UUID,
    verb: str,
    given: Mapping[str, Any],
    *,
    papers: Sequence[str],
    now: datetime,
    reasons: str = "",
) -> Case:
    """Write what was found out about a sample and take the verb that goes with it: both or neither."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE), transaction.atomic():
        row = _access(actor, sample_id, now=now)
        case_id = row.result_case_id if verb.startswith("retest") else row.case_id
        if case_id is None:
            raise Refused(absent())
        refuse_if(casework.why_not_take(case_id, verb=verb, actor=actor, reasons=reasons, evidence=tuple(papers)))
        for name, value in given.items():
            setattr(row, name, value)
        row.save(update_fields=list(given))
        return casework.take(case_id, verb=verb, actor=actor, now=now, reasons=reasons, evidence=papers)


def _access(actor: Actor, sample_id: UUID, *, now: datetime, action: str = "inspection.plan") -> models.Sample:
    resource = Resource(kind="inspection", body=actor.body)
    access.require(actor, action=action, resource=resource, purpose=PURPOSE, now=now)
    row = models.Sample.objects.select_for_update().filter(id=sample_id, body=actor.body).first()
    if row is None:
        raise Refused(absent())
    return row
