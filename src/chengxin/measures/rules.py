"""Which measures a ground allows on a day, and when each would end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import cites
from chengxin.measures.contracts import WITH_ENTRY, Ground, Measure, Role, Tier, Verdict
from chengxin.measures.gates import MeasureFacts, why_not_measure

ANY = "any"


@cites("SD/38¶2", "HN/37¶3", "SZ/82¶2", "D/measure-with-entry", "D/measure-role")
def end_of(
    measure: Measure, ground: Ground, *, on: date, pack: str = law.DEFAULT_PACK, person: Role | None = None
) -> tuple[date | None, bool]:
    """Return the first day a measure no longer holds, and whether that is provisional.

    What rests on an entry of a list ends with it, however long its own law would let it last; what is applied to a
    responsible person ends with the role too.
    """
    ends_on, is_provisional = _end_of_basis(measure, ground, on=on, pack=pack)
    left = ground.role_ended_on if person is not None else None
    if left is not None and (ends_on is None or left < ends_on):
        return left, False
    return ends_on, is_provisional


def _end_of_basis(measure: Measure, ground: Ground, *, on: date, pack: str) -> tuple[date | None, bool]:
    if measure.period == WITH_ENTRY:
        return ground.ends_on, False
    due = law.due(measure.period, dates={"determined_on": ground.decided_on}, on=on, pack=pack)
    if ground.entry_id is not None and ground.ends_on is not None and ground.ends_on < due.ends_on:
        return ground.ends_on, False
    return due.ends_on, due.provisional


@cites("SD/27", "SZ/66(2)", "SH/30")
def is_tied(measure: Measure, ground: Ground) -> bool:
    """Tell whether the list names an act for a measure (M4): by its list or item, kind of penalty, and words."""
    return (
        ground.act in measure.acts
        and (not measure.penalty_kinds or bool(measure.penalty_kinds & ground.penalty_kinds))
        and (not measure.says or any(word in ground.text for word in measure.says))
    )


def facts_of(
    measure: Measure,
    ground: Ground,
    *,
    body_fields: Iterable[str],
    is_public_body: bool,
    ends_on: date | None,
    person: Role | None = None,
    is_named: bool = False,
    reasons: str | None = None,
    proportionality: str | None = None,
    not_spared: str | None = None,
) -> MeasureFacts:
    """Return what the gate of measures asks about a measure on a ground by a body."""
    fields = set(body_fields)
    is_role_listed = person is not None and person in measure.persons
    return MeasureFacts(
        levels=sorted(measure.levels),
        reduces_rights=measure.reduces_rights,
        is_court_order=measure.is_court_order,
        by_court="court" in fields,
        act_is_listed=is_tied(measure, ground),
        needs_list_entry=measure.tier is Tier.LIST and not measure.penalty_kinds and not measure.is_court_order,
        is_list_entry=ground.entry_id is not None,
        object_is_listed=is_role_listed if person is not None else ground.subject_kind in measure.objects,
        body_is_listed=ANY in measure.bodies or bool(measure.bodies & fields),
        is_public_body=is_public_body,
        is_usable=ground.is_usable,
        has_objection=ground.has_objection,
        is_slight_corrected=ground.is_slight_corrected,
        is_first=ground.is_first,
        person_role=person.value if person else "",
        touches_persons=is_role_listed,
        is_named=is_named and person is not None and ground.names(person),
        role_ended_on=ground.role_ended_on if person is not None else None,
        ends_on=ends_on,
        reasons=reasons,
        proportionality=proportionality,
        not_spared=not_spared,
    )


def why_not_by(
    measure: Measure, *, body_fields: Iterable[str], on: date, pack: str = law.DEFAULT_PACK
) -> Refusal | None:
    """Return why a body may not apply a measure to anybody, whatever it would rest on, or None."""
    fields = set(body_fields)
    facts = MeasureFacts(
        levels=sorted(measure.levels),
        reduces_rights=measure.reduces_rights,
        is_court_order=measure.is_court_order,
        by_court="court" in fields,
        body_is_listed=ANY in measure.bodies or bool(measure.bodies & fields),
        is_public_body=bool(fields),
    )
    return why_not_measure(facts, on=on, pack=pack)


def judge(
    measure: Measure,
    ground: Ground,
    *,
    body_fields: Iterable[str],
    is_public_body: bool,
    on: date,
    pack: str = law.DEFAULT_PACK,
) -> Verdict:
    """Return whether a measure may be proposed on a ground on a day, and until when it would hold."""
    ends_on, is_provisional = end_of(measure, ground, on=on, pack=pack)
    facts = facts_of(measure, ground, body_fields=body_fields, is_public_body=is_public_body, ends_on=ends_on)
    return Verdict(
        measure=measure,
        refusal=why_not_measure(facts, on=on, pack=pack),
        ends_on=ends_on,
        is_provisional=is_provisional,
    )
