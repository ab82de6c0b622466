"""What the steps of a sample and of its result do beside moving the case."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.casework import facade as casework
from chengxin.casework.contracts import Ref, Taken
from chengxin.inspections import models
from chengxin.inspections.contracts import Result
from chengxin.inspections.rules import public_until
from chengxin.jobs import facade as jobs
from chengxin.jobs.contracts import Draft
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.law.facade import cites
from chengxin.notices.facade import serve
from chengxin.records.contracts import Duty

TOPIC: Final = "inspection.result"
RESULT: Final = "inspection_result"
_SHOWN: Final = frozenset({"report", "tell"})
"""Steps whose papers the merchant reads; those of the purchase would tell who buys for the authority."""


def require_purchase(taken: Taken) -> None:
    """Refuse that a sample counts as bought before it says what, when and for how much; then show the draw."""
    if _sample(taken).bought_on is None:
        raise Refused(_by_form())
    reveal(taken)


def require_report(taken: Taken) -> None:
    """Refuse that a sample counts as tested before it says by whom."""
    if not _sample(taken).laboratory:
        raise Refused(_by_form())


@cites("D/inspection-draw")
def reveal(taken: Taken) -> None:
    """Show the seed to everybody once no sample of the plan is still to be bought."""
    plan_id = _sample(taken).plan_id
    numbers = models.Sample.objects.filter(plan_id=plan_id).values_list("case_number", flat=True)
    if all(case.state != "drawn" for case in casework.find_cases_by_number(list(numbers)).values()):
        models.Draw.objects.filter(plan_id=plan_id, revealed_on__isnull=True).update(revealed_on=legal_day(taken.at))


@cites("PQL/15")
def open_result(taken: Taken) -> None:
    """Open the case of the result, which its merchant reads, and tell the merchant of the right to a re-test."""
    row = _sample(taken)
    if row.told_on is None or row.retest_until is None:
        raise Refused(_by_form())
    has_failed = bool(row.finding)
    steps = casework.timeline(row.case_id, actor=taken.actor)
    case = casework.open_case(
        RESULT,
        ref=Ref(kind="sample", id=str(row.id), subject_id=row.subject_id),
        body=row.body,
        opened_by=taken.actor,
        facts={"received_on": row.told_on.isoformat(), "has_failed": has_failed, "has_passed": not has_failed},
        evidence=[digest for step in steps if step.verb in _SHOWN for digest in step.evidence],
        now=taken.at,
    )
    row.result_case_id, row.result_number = case.id, case.number
    row.save(update_fields=["result_case_id", "result_number"])
    serve(
        kind="inspection.told",
        text="inspection_told",
        parameters={"number": case.number, "day": row.retest_until.isoformat()},
        reference=case.number,
        to_subject=row.subject_id,
        actor=taken.actor,
        now=taken.at,
    )


def require_failed(taken: Taken) -> None:
    """Refuse a re-test of what was qualified, and one that is asked for after the right has ended."""
    row = models.Sample.objects.get(id=UUID(taken.case.ref.id))
    if row.finding and row.retest_until is not None and legal_day(taken.at) <= row.retest_until:
        return
    raise Refused(
        Refusal(
            code="IN-NO-RETEST",
            what="这个结果现在不能申请复检。",
            why="检验不合格的，自收到结果之日起十五日内可以申请复检。",
            next_step="对公布不服的，可以申请行政复议或者提起行政诉讼。",
            basis=("PQL/15",),
        )
    )


def pass_sample(taken: Taken) -> None:
    """Write that a sample is qualified for good and publish that; of a first result that was not, nothing is left."""
    row = _sample(taken)
    row.result, row.finding = Result.PASSED.value, ""
    row.save(update_fields=["result", "finding"])
    _publish(row, actor=taken.actor, now=taken.at)


def fail_sample(taken: Taken) -> None:
    """Write that a sample is unqualified for good; whether to publish it a person decides."""
    row = _sample(taken)
    row.result = Result.FAILED.value
    row.save(update_fields=["result"])


@cites("CPL/33")
def publish(taken: Taken) -> None:
    """Publish a final unqualified result, decided by a named officer who did not enter it."""
    _publish(_sample(taken), actor=taken.actor, now=taken.at)


def message_key(sample_id: UUID) -> str:
    """Return by what a platform's message of a result is known."""
    return f"inspection:{sample_id}"


def _publish(row: models.Sample, *, actor: Actor, now: datetime) -> None:
    """Put a final result on the public page and tell the platform, whose receipt is kept with the message."""
    row.published_on, row.published_by = legal_day(now), actor.key
    row.public_until = public_until(row.published_on)
    row.save(update_fields=["published_on", "published_by", "public_until"])
    draft = Draft(
        topic=TOPIC,
        recipient=f"body:{row.platform}",
        key=message_key(row.id),
        subject_id=row.subject_id,
        reference=row.result_number,
        payload={
            "at": now.isoformat(),
            "do": Duty.REPLACE.value,
            "items": [],
            "result": row.result,
            "sample": str(row.id),
            "shop": str(row.shop_id),
        },
    )
    jobs.put([draft], actor=actor, now=now)


def _sample(taken: Taken) -> models.Sample:
    return models.Sample.objects.select_for_update().get(id=UUID(taken.case.ref.id))


def _by_form() -> Refusal:
    return Refusal(
        code="IN-BY-FORM",
        what="这一步要填写登记表。",
        why="买了什么、谁检验的、哪一天送达，都要写下来，当事人和公众才能核对。",
        next_step="请从这一页上方的登记按钮进入。",
    )
