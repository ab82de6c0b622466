"""Read cases under row security: a body sees those it is a party of, a subject those about itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet

from chengxin.casework import models
from chengxin.casework.clocks import Stay, all_deadlines, applies, nearest_deadline
from chengxin.casework.contracts import Case, Deadline, Need, Procedure, Ref, Step, Taken, Verb
from chengxin.casework.course import Course, read_course, read_courses, unopened_of
from chengxin.casework.registry import get_procedure, resting_states
from chengxin.casework.rules import why_not
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.law import facade as law


def access_case(case_id: UUID, *, actor: Actor) -> Case:
    """Return a case the actor may see; absent and forbidden look the same."""
    row = models.Case.objects.filter(id=case_id).first()
    case = case_of(row) if row else None
    if case is None or not _may_see(case, actor):
        raise Refused(absent())
    return case


def find_case(number: str, *, actor: Actor) -> Case | None:
    """Return the case with a number that the actor may see, or None."""
    row = models.Case.objects.filter(number=number).first()
    case = case_of(row) if row else None
    return case if case is not None and _may_see(case, actor) else None


def find_cases_by_number(numbers: Sequence[str]) -> dict[str, Case]:
    """Return the cases under these numbers that row security shows the caller, by number."""
    rows = models.Case.objects.filter(number__in=list(numbers)).order_by("number")
    return {row.number: case_of(row) for row in rows}


def closed_before(numbers: Sequence[str], moment: datetime | None) -> frozenset[str]:
    """Return which of these numbers are of cases that were closed before a moment; None: none."""
    if moment is None:
        return frozenset()
    rows = models.Case.objects.filter(number__in=list(numbers), closed_at__lt=moment)
    return frozenset(rows.values_list("number", flat=True))


def over_before(cases: Iterable[UUID | None], moment: datetime | None) -> dict[UUID, str]:
    """Return which of these cases were closed before a moment, each with its number; None as a moment: none."""
    asked = {one for one in cases if one is not None}
    if moment is None or not asked:
        return {}
    rows = models.Case.objects.filter(id__in=asked, closed_at__lt=moment)
    return dict(rows.values_list("id", "number"))


def find_open_case(procedure: str, *, ref_id: str) -> Case | None:
    """Return the open case of a procedure about a thing, or None."""
    row = (
        models.Case.objects.filter(procedure=procedure, ref_kind=get_procedure(procedure).ref_kind, ref_id=ref_id)
        .filter(is_closed=False)
        .order_by("-id")
        .first()
    )
    return case_of(row) if row else None


def find_latest_case(procedure: str, *, ref_id: str) -> Case | None:
    """Return the newest case of a procedure about a thing, open or closed, or None."""
    kind = get_procedure(procedure).ref_kind
    row = models.Case.objects.filter(procedure=procedure, ref_kind=kind, ref_id=ref_id).order_by("-id").first()
    return case_of(row) if row else None


def list_about(procedure: str, *, ref_id: str) -> list[Case]:
    """Return the cases of a procedure about one thing that row security shows the caller, the oldest first."""
    rows = models.Case.objects.filter(procedure=procedure, ref_kind=get_procedure(procedure).ref_kind, ref_id=ref_id)
    return [case_of(row) for row in rows.order_by("id")]


def count_states(procedure: str) -> dict[str, int]:
    """Return how many cases of a procedure stand in each state, of those row security shows the caller."""
    rows = models.Case.objects.filter(procedure=procedure).order_by("state").values_list("state")
    return dict(rows.annotate(cases=Count("id")))


def list_cases_about(subject_id: UUID, *, limit: int = 50) -> list[Case]:
    """Return the cases about a subject, newest first."""
    rows = models.Case.objects.filter(subject_id=subject_id).order_by("-id")[:limit]
    return [case_of(row) for row in rows]


def list_opened_by(by: Collection[str], *, about: Collection[UUID], since: datetime) -> list[Case]:
    """Return the cases that these accounts opened about these subjects since a moment, the first first."""
    rows = models.Case.objects.filter(subject_id__in=list(about), opened_by__in=list(by), opened_at__gte=since)
    return [case_of(row) for row in rows.order_by("id")]


def list_open_since(since: datetime, *, about: Collection[UUID]) -> list[Case]:
    """Return the cases about these subjects that were open at some time since a moment, the first first."""
    rows = models.Case.objects.filter(subject_id__in=list(about)).exclude(closed_at__lt=since)
    return [case_of(row) for row in rows.order_by("id")]


def list_overdue(procedure: str, *, now: datetime, limit: int = 500) -> list[Case]:
    """Return the open cases of a procedure past their last day, the longest overdue first; the platform asks."""
    rows = models.Case.objects.filter(procedure=procedure, is_closed=False, due_on__lt=legal_day(now))
    return [case_of(row) for row in rows.order_by("due_on", "id")[:limit]]


def list_open(procedure: str) -> list[Case]:
    """Return the open cases of a procedure, the oldest first; the platform asks."""
    rows = models.Case.objects.filter(procedure=procedure, is_closed=False).order_by("id")
    return [case_of(row) for row in rows]


def list_of(procedure: str, *, limit: int = 200) -> list[Case]:
    """Return the cases of a procedure that row security shows the caller, the newest first."""
    rows = models.Case.objects.filter(procedure=procedure).order_by("-id")[:limit]
    return [case_of(row) for row in rows]


def list_ended(procedure: str, *, state: str, since: datetime) -> list[Case]:
    """Return the cases of a procedure that ended in a state since a moment, the oldest first; the platform asks."""
    rows = models.Case.objects.filter(procedure=procedure, state=state, is_closed=True, closed_at__gte=since)
    return [case_of(row) for row in rows.order_by("closed_at", "id")]


def list_inbox(actor: Actor, *, limit: int = 50, offset: int = 0) -> list[Case]:
    """Return the open cases this actor can move (待办), nearest legal deadline first, those without one last."""
    return _movable(actor)[offset : offset + limit]


def count_inbox(actor: Actor) -> int:
    """Return how many open cases this actor can move."""
    return len(_movable(actor))


def list_resting(actor: Actor, *, limit: int = 50, offset: int = 0) -> list[Case]:
    """Return the open cases of the actor's body that wait for nobody (在册), the newest first."""
    return [case_of(row) for row in _resting(actor).order_by("-id")[offset : offset + limit]]


def count_resting(actor: Actor) -> int:
    """Return how many open cases of the actor's body wait for nobody."""
    return _resting(actor).count()


def list_verbs(case: Case, *, actor: Actor) -> list[Verb]:
    """Return the verbs this actor could take now, given what the verb needs, in the order of the declaration."""
    return _verbs(case, actor=actor, course=read_course(case.id))


def why_not_take(
    case_id: UUID, *, verb: str, actor: Actor, reasons: str = "", evidence: Sequence[str] = ()
) -> Refusal | None:
    """Return why a verb may not be taken, or None when it may."""
    row = models.Case.objects.filter(id=case_id).first()
    if row is None or not _may_see(case_of(row), actor):
        return absent()
    return why_not_of(case_of(row), verb=verb, actor=actor, reasons=reasons, evidence=tuple(evidence))


def why_not_of(case: Case, *, verb: str, actor: Actor, reasons: str, evidence: tuple[str, ...]) -> Refusal | None:
    """Ask the rule about a case already read."""
    declared = get_procedure(case.procedure, version=case.procedure_version).verbs.get(verb)
    if declared is None:
        return absent()
    course = read_course(case.id)
    return why_not(
        case,
        procedure=get_procedure(case.procedure, version=case.procedure_version),
        verb=declared,
        actor=actor,
        reasons=reasons,
        evidence=evidence,
        last_actor=course.last_actor,
        unopened=unopened_of(case.id, course, actor=actor),
        taken=course.verbs,
        previous_reasons=_previous_reasons(case, actor=actor) if Need.OWN_REASONS in declared.needs else "",
    )


def timeline(case_id: UUID, *, actor: Actor) -> list[Step]:
    """Return the steps of a case (办理进程), the same for both sides except notes between colleagues."""
    case = access_case(case_id, actor=actor)
    inside = actor.body in case.parties and bool(actor.body)
    return [_step(row, with_note=inside) for row in _steps(case_id)]


def timelines(cases: Collection[Case], *, actor: Actor) -> dict[UUID, list[Step]]:
    """Return the steps of each of some cases the actor may see, without what colleagues told each other."""
    seen = [case.id for case in cases if _may_see(case, actor)]
    found: dict[UUID, list[Step]] = {case_id: [] for case_id in seen}
    for row in models.Step.objects.filter(case_id__in=seen).order_by("case_id", "place"):
        found[row.case_id].append(_step(row, with_note=False))
    return found


def papers_of(case_id: UUID) -> tuple[str, ...]:
    """Return the digests of all papers of a case in the order they came in."""
    return tuple(read_course(case_id).papers)


def unopened_papers(case_id: UUID, *, actor: Actor) -> tuple[str, ...]:
    """Return the papers of a case this actor has neither opened nor handed in."""
    return unopened_of(case_id, read_course(case_id), actor=actor)


def stays_of(case_id: UUID) -> list[Stay]:
    """Return the stays of a case in its states, oldest first; the last one has not ended."""
    return _stays(_steps(case_id))


def _stays(course: Iterable[models.Step | Step]) -> list[Stay]:
    steps = [row for row in course if row.from_state != row.to_state]
    days = [legal_day(row.at) for row in steps]
    return [
        Stay(state=row.to_state, since=day, left_on=left)
        for row, day, left in zip(steps, days, [*days[1:], None], strict=True)
    ]


def deadlines_of(case: Case, *, on: date, steps: Sequence[Step] | None = None) -> list[Deadline]:
    """Count every clock of a case that has begun, those that stopped too, with what each was counted from.

    `steps` is its whole course, where it is at hand.
    """
    procedure = get_procedure(case.procedure, version=case.procedure_version)
    return all_deadlines(
        procedure,
        opened_on=legal_day(case.opened_at),
        facts=dict(case.facts),
        stays=stays_of(case.id) if steps is None else _stays(steps),
        on=on,
        count=lambda key, start: law.due(key, on=on, start=start, pack=settings.LAW_PACK),
    )


def list_lapsed(*, now: datetime, limit: int = 500) -> list[tuple[UUID, str]]:
    """Return the cases past the last day of a clock that lapses by itself, each with the verb; the platform asks."""
    rows = models.Case.objects.filter(is_closed=False, due_on__lt=legal_day(now)).order_by("due_on", "id")[:limit]
    clocks = ((row, get_procedure(row.procedure, version=row.procedure_version).clocks) for row in rows)
    return [
        (row.id, clock.lapses)
        for row, declared in clocks
        for clock in declared
        if clock.key == row.due_key and clock.lapses and row.state not in clock.pauses
        if applies(clock.applies, row.facts)
    ]


def deadline_of(case: Case, procedure: Procedure, *, on: date) -> Deadline | None:
    """Count the nearest deadline of a case whose steps are written, with what it was counted from."""
    return nearest_deadline(
        procedure,
        opened_on=legal_day(case.opened_at),
        facts=dict(case.facts),
        stays=stays_of(case.id),
        on=on,
        count=lambda key, start: law.due(key, on=on, start=start, pack=settings.LAW_PACK),
    )


def heard_until(taken: Taken, *, key: str, state: str) -> date | None:
    """Return the last day on which whoever a case is about may still explain, or None: it has, or the days are over.

    `key` is the clock of the explanation, `state` the one in which it is waited for.
    """
    if timeline(taken.case.id, actor=taken.actor)[-1].from_state != state:
        return None
    on = legal_day(taken.at)
    until = next(one.last_day for one in deadlines_of(taken.case, on=on) if one.key == key)
    return until if on <= until else None


def case_of(row: models.Case) -> Case:
    """Return the value of a row."""
    return Case(
        id=row.id,
        number=row.number,
        procedure=row.procedure,
        procedure_version=row.procedure_version,
        state=row.state,
        is_closed=row.is_closed,
        ref=Ref(kind=row.ref_kind, id=row.ref_id, subject_id=row.subject_id),
        body=row.body,
        parties=frozenset(row.parties),
        facts=row.facts,
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        proposed_by=row.proposed_by,
        due_on=row.due_on,
        due_key=row.due_key,
        due_provisional=row.due_provisional,
        assigned_to=row.assigned_to,
        closed_at=row.closed_at,
        step_count=row.step_count,
        closed_due_on=row.closed_due_on,
        escalated_at=row.escalated_at,
    )


def absent() -> Refusal:
    """Return the refusal that tells neither that a case exists nor that it does not."""
    return Refusal(
        code="ABSENT",
        what="没有找到这件案件，或者您无权查看。",
        next_step="请核对编号；如果您认为应当能够看到，请联系本单位的安全管理员。",
    )


def _verbs(case: Case, *, actor: Actor, course: Course) -> list[Verb]:
    """Suppose that whatever a verb needs is handed in, and ask the rule about each."""
    procedure = get_procedure(case.procedure, version=case.procedure_version)
    return [
        verb
        for verb in procedure.verbs.values()
        if why_not(
            case,
            procedure=procedure,
            verb=verb,
            actor=actor,
            reasons="-",
            evidence=("-",),
            last_actor=course.last_actor,
            unopened=(),
            taken=course.verbs,
        )
        is None
    ]


def _movable(actor: Actor) -> list[Case]:
    cases = [case_of(row) for row in _inbox(actor).order_by(F("due_on").asc(nulls_last=True), "id")]
    courses = read_courses([case.id for case in cases])
    return [case for case in cases if _verbs(case, actor=actor, course=courses.get(case.id, Course()))]


def _previous_reasons(case: Case, *, actor: Actor) -> str:
    """Return what the actor wrote in the last step with reasons it took in another case of the procedure."""
    steps = models.Step.objects.filter(actor_key=actor.key, case__procedure=case.procedure).exclude(reasons="")
    return steps.exclude(case_id=case.id).order_by("-id").values_list("reasons", flat=True).first() or ""


def _may_see(case: Case, actor: Actor) -> bool:
    is_subject = actor.subject_id is not None and actor.subject_id == case.ref.subject_id
    if actor.has(Role.PLATFORM):
        return True
    return is_subject or (bool(actor.body) and actor.body in case.parties) or actor.key == case.opened_by


def _inbox(actor: Actor) -> QuerySet[models.Case]:
    return _open_of(actor).filter(assigned_to__in=["", actor.key]).exclude(_rests())


def _resting(actor: Actor) -> QuerySet[models.Case]:
    return _open_of(actor).filter(_rests())


def _open_of(actor: Actor) -> QuerySet[models.Case]:
    if not actor.body:
        return models.Case.objects.none()
    return models.Case.objects.filter(body=actor.body, is_closed=False)


def _rests() -> Q:
    """Return the condition of a case in a state in which it waits for nobody."""
    states = resting_states()
    return reduce(or_, (Q(procedure=code, state=state) for code, state in sorted(states)), Q(pk__in=[]))


def _steps(case_id: UUID) -> QuerySet[models.Step]:
    return models.Step.objects.filter(case_id=case_id).order_by("place")


def _step(row: models.Step, *, with_note: bool) -> Step:
    return Step(
        place=row.place,
        verb=row.verb,
        actor_key=row.actor_key,
        actor_body=row.actor_body,
        at=row.at,
        from_state=row.from_state,
        to_state=row.to_state,
        reasons=row.reasons,
        evidence=tuple(row.evidence),
        note=row.note if with_note else "",
        is_by_representative=row.is_by_representative,
        hall=row.hall,
        is_adverse=row.is_adverse,
    )
