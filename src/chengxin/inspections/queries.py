"""Read plans, draws and samples: the authority its own, the merchant what was served, everybody what is final."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.inspections import models
from chengxin.inspections.contracts import OwnSample, Plan, Receipt, Result, Sample, Tally, Way
from chengxin.inspections.effects import RESULT, message_key
from chengxin.jobs import facade as jobs
from chengxin.kernel.actor import ANYONE, Actor, platform
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.market import facade as market

PURPOSE: Final = "inspection"
VIEWING: Final = "public_viewing"
OWN: Final = "own_archive"
KEEPER: Final = platform("inspections")


def absent() -> Refusal:
    """Return the refusal that tells neither that something is there nor that it is not."""
    return Refusal(code="ABSENT", what="没有找到这次抽检。", next_step="请核对网址。")


def count_plans(body: str = "") -> int:
    """Return how many plans there are, or how many of one body."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        return models.Plan.objects.filter(**({"body": body} if body else {})).count()


def list_plans(*, limit: int = 20, offset: int = 0, body: str = "") -> list[Plan]:
    """Return plans, the newest first; of one body where it is named."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = models.Plan.objects.filter(**({"body": body} if body else {})).order_by("-id")[offset : offset + limit]
        return [plan_of(row, seed=_seed(row.id)) for row in rows]


def get_plan(number: str) -> Plan:
    """Return a plan with its seed if that is shown, or refuse as absent."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        row = models.Plan.objects.filter(number=number).first()
        if row is None:
            raise Refused(absent())
        return plan_of(row, seed=_seed(row.id))


def list_published(plan_ids: Sequence[UUID]) -> list[Sample]:
    """Return the final results of some plans that are public now, qualified ones too."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = models.Sample.objects.filter(plan_id__in=plan_ids).order_by("published_on", "id")
        return [_public(row) for row in rows]


def plan_numbers(plan_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the numbers of some plans, under which their pages stand."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        return dict(models.Plan.objects.filter(id__in=plan_ids).order_by("id").values_list("id", "number"))


def list_public_of_shop(shop_id: UUID) -> list[Sample]:
    """Return the final results about one shop that are public now, the newest first."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = models.Sample.objects.filter(shop_id=shop_id).order_by("-published_on", "-id")[:20]
        return [_public(row) for row in rows]


def tallies(plan_ids: Sequence[UUID]) -> dict[UUID, Tally]:
    """Return what came of some plans as counts alone; final results that are no longer public still count."""
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose=PURPOSE):
        rows = list(models.Sample.objects.filter(plan_id__in=plan_ids).order_by("id"))
        cases = casework.find_cases_by_number([row.case_number for row in rows])
    found = {}
    for plan_id in plan_ids:
        mine = [row for row in rows if row.plan_id == plan_id]
        dropped = sum(cases[row.case_number].state == "dropped" for row in mine)
        passed = sum(row.result == Result.PASSED and row.published_on is not None for row in mine)
        failed = sum(row.result == Result.FAILED and row.published_on is not None for row in mine)
        waiting = len(mine) - dropped - passed - failed
        found[plan_id] = Tally(drawn=len(mine), dropped=dropped, waiting=waiting, passed=passed, failed=failed)
    return found


def list_samples(actor: Actor, plan: Plan, *, now: datetime) -> list[tuple[Sample, Case]]:
    """Return the samples of one's own plan, each with the case in which it stands now."""
    _require(actor, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        rows = list(models.Sample.objects.filter(plan_id=plan.id, body=actor.body).order_by("id"))
        cases = casework.find_cases_by_number([row.result_number or row.case_number for row in rows])
        return [(sample_of(row), cases[row.result_number or row.case_number]) for row in rows]


def get_sample(actor: Actor, sample_id: UUID, *, now: datetime) -> Sample:
    """Return a sample of one's own authority, or refuse as absent."""
    _require(actor, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        row = models.Sample.objects.filter(id=sample_id, body=actor.body).first()
        if row is None:
            raise Refused(absent())
        return sample_of(row)


def find_in_context(sample_id: UUID) -> Sample | None:
    """Return a sample; inside the context of whoever asks."""
    row = models.Sample.objects.filter(id=sample_id).first()
    return sample_of(row) if row else None


def list_own(actor: Actor) -> list[Sample]:
    """Return what was served on the operator somebody signs in for, the newest first."""
    if actor.subject_id is None:
        return []
    with access.acting_for(actor.as_person(), channel=Channel.SELF, purpose=OWN):
        rows = models.Sample.objects.filter(subject_id=actor.subject_id, told_on__isnull=False).order_by("-id")[:50]
        return [sample_of(row) for row in rows]


def get_own(actor: Actor, sample_id: UUID) -> OwnSample:
    """Return one of them with its course, or refuse as absent."""
    if actor.subject_id is None:
        raise Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="请用店铺的账户登录。"))
    person = actor.as_person()
    with access.acting_for(person, channel=Channel.SELF, purpose=OWN):
        row = models.Sample.objects.filter(id=sample_id, subject_id=actor.subject_id, told_on__isnull=False).first()
        case = casework.find_latest_case(RESULT, ref_id=str(sample_id)) if row else None
        if row is None or case is None:
            raise Refused(absent())
        steps = tuple(casework.timeline(case.id, actor=person))
        return OwnSample(sample=sample_of(row), case=case, steps=steps, papers=casework.papers_of(case.id))


def find_receipt(sample: Sample) -> Receipt | None:
    """Return when the platform was told of a published result and when it answered; None: it was not told yet."""
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose=PURPOSE):
        message = jobs.find_put(f"body:{sample.platform}", message_key(sample.id))
    return Receipt(told_at=message.created_at, receipt_at=message.receipt_at) if message else None


def plan_of(row: models.Plan, *, seed: str) -> Plan:
    """Return a plan as everybody reads it."""
    return Plan(
        id=row.id,
        number=row.number,
        body=row.body,
        title=row.title,
        category=row.category,
        standard=row.standard,
        way=Way(row.way),
        size=row.size,
        members=tuple(row.members.splitlines()),
        population_digest=row.population_digest,
        seed_digest=row.seed_digest,
        seed=seed,
        opened_on=row.opened_on,
    )


def sample_of(row: models.Sample) -> Sample:
    """Return a sample as whoever may see its row sees it; inside the context of whoever asks."""
    return Sample(
        id=row.id,
        plan_id=row.plan_id,
        platform=row.platform,
        shop_id=row.shop_id,
        shop_name=market.name_of_shop(market.shop_in_context(row.shop_id)),
        subject_id=row.subject_id,
        body=row.body,
        case_id=row.case_id,
        case_number=row.case_number,
        goods=row.goods,
        bought_on=row.bought_on,
        paid_fen=row.paid_fen,
        reserve=row.reserve,
        reserve_until=row.reserve_until,
        laboratory=row.laboratory,
        retest_laboratory=row.retest_laboratory,
        finding=row.finding,
        told_on=row.told_on,
        retest_until=row.retest_until,
        result_case_id=row.result_case_id,
        result_number=row.result_number,
        result=Result(row.result),
        published_on=row.published_on,
        public_until=row.public_until,
        determination=row.determination_id,
    )


def _public(row: models.Sample) -> Sample:
    """Return a final result as everybody reads it: by whoever tested last, without the order and the buyer's price.

    That a qualified sample was tested twice would say what the first test found, which is void.
    """
    sample = sample_of(row)
    last = sample.retest_laboratory or sample.laboratory
    again = sample.retest_laboratory if sample.result is Result.FAILED else ""
    return replace(sample, laboratory=last, retest_laboratory=again, paid_fen=0, reserve="")


def _seed(plan_id: UUID) -> str:
    return models.Draw.objects.filter(plan_id=plan_id).values_list("seed", flat=True).first() or ""


def _require(actor: Actor, *, now: datetime) -> None:
    resource = Resource(kind="inspection", body=actor.body)
    access.require(actor, action="inspection.read", resource=resource, purpose=PURPOSE, now=now)
