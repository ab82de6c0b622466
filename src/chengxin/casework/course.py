"""What was done in a case so far, read once for every question about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from chengxin.casework import models
from chengxin.kernel.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Course:
    """What was done in a case so far: the verbs, who did the last, and each paper with whoever handed it in."""

    verbs: frozenset[str] = frozenset()
    last_actor: str = ""
    papers: Mapping[str, frozenset[str]] = field(default_factory=dict)


def read_course(case_id: UUID) -> Course:
    """Return what was done in one case."""
    return read_courses([case_id]).get(case_id, Course())


def read_courses(case_ids: Sequence[UUID]) -> dict[UUID, Course]:
    """Return what was done in each case that has a step, read at once."""
    steps = models.Step.objects.filter(case_id__in=case_ids).order_by("case_id", "place")
    found = {}
    for case_id, taken in groupby(steps.values_list("case_id", "verb", "actor_key", "evidence"), itemgetter(0)):
        rows = list(taken)
        papers: dict[str, frozenset[str]] = {}
        for _, _, actor_key, evidence in rows:
            papers |= {digest: papers.get(digest, frozenset()) | {actor_key} for digest in evidence}
        verbs = frozenset(verb for _, verb, _, _ in rows)
        found[case_id] = Course(verbs=verbs, last_actor=rows[-1][2], papers=papers)
    return found


def unopened_of(case_id: UUID, course: Course, *, actor: Actor) -> tuple[str, ...]:
    """Return the papers of a course that others handed in and this actor has not opened."""
    others = [digest for digest, handed_in_by in course.papers.items() if actor.key not in handed_in_by]
    if not others:
        return ()
    opened = set(models.Opening.objects.filter(case_id=case_id, actor_key=actor.key).values_list("digest", flat=True))
    return tuple(digest for digest in others if digest not in opened)
