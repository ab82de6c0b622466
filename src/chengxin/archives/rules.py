"""Where a record stands, in which section it is read, and when it ends: pure functions."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from chengxin.archives.contracts import Clock, Ending, Section, Standing, Tab
from chengxin.catalogue.contracts import Disclosure, ItemVersion, Nature
from chengxin.kernel.clock import legal_day
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law.facade import cites
from chengxin.records.contracts import MarkKind, Provenance, Record

_SECTIONS = {4: Section.QUALIFICATIONS, 8: Section.COMMITMENTS, 11: Section.HONOURS}
_TABS = {
    1: Tab.REGISTRATION,
    5: Tab.LISTS,
    6: Tab.LISTS,
    8: Tab.COMMITMENTS,
    11: Tab.HONOURS,
}
_ENDED = frozenset({Standing.WITHDRAWN, Standing.REPAIRED, Standing.RUN_OUT, Standing.ENDED})
_DAY = timedelta(days=1)


def standing_at(record: Record, *, at: datetime, is_public: bool) -> Standing:
    """Return where a record stands at a moment, as its subject is told; `is_public` is the answer of `usable`."""
    on = legal_day(at)
    marks = {mark.kind for mark in record.marks}
    if over := marks & {MarkKind.WITHDRAWN, MarkKind.REPAIRED}:
        return Standing.WITHDRAWN if MarkKind.WITHDRAWN in over else Standing.REPAIRED
    if any(day is not None and on >= day for day in (record.query_ends_on, record.use_ends_on)):
        return Standing.ENDED
    if record.nature is not Nature.ADVERSE and record.valid_until is not None and on > record.valid_until:
        return Standing.RUN_OUT
    if MarkKind.FROZEN in marks:
        return Standing.FROZEN
    if record.provenance is not Provenance.DETERMINED:
        return Standing.LEAD
    return Standing.PUBLIC if is_public else Standing.ON_FILE


@cites("PIPL/47")
def is_ended(standing: Standing) -> bool:
    """Tell whether a line is over: it is shown to its subject as ended, and to nobody else."""
    return standing in _ENDED


def section_of(record: Record, item: ItemVersion, *, standing: Standing) -> Section:
    """Return the section of one's own archive a record is read in."""
    if is_ended(standing):
        return Section.ENDED
    if record.nature is Nature.ADVERSE:
        return Section.ADVERSE
    if item.code == "licence":
        return Section.QUALIFICATIONS
    return _SECTIONS.get(item.national_class, Section.BASIC)


def tab_of(item: ItemVersion) -> Tab:
    """Return the tab of the enterprise page an item is read on."""
    if item.list_kind:
        return Tab.LISTS
    if item.code == "licence":
        return Tab.LICENCES
    if item.code == "penalty":
        return Tab.PENALTIES
    return _TABS.get(item.national_class, Tab.OTHER)


def endings(record: Record) -> tuple[Ending, ...]:
    """Return what the four clocks of a record say, half-open."""
    never_public = (
        Disclosure.PUBLIC not in record.disclosure
        or record.subject_kind is SubjectKind.NATURAL_PERSON
        or bool(record.not_public_because)
    )
    return (
        Ending(clock=Clock.PUBLICITY, ends_on=None if never_public else record.publicity_ends_on, never=never_public),
        Ending(clock=Clock.QUERY, ends_on=record.query_ends_on),
        Ending(clock=Clock.USE, ends_on=record.use_ends_on),
        Ending(clock=Clock.RETENTION, ends_on=record.retain_until),
    )


def lifetime(record: Record, *, standing: Standing) -> tuple[date, date | None]:
    """Return the first day and the half-open end of what concerns the reader most: publicity, else query, else use."""
    starts_on = record.publicity_starts_on if standing is Standing.PUBLIC else None
    starts_on = starts_on or record.determined_on or legal_day(record.lineage.accepted_at)
    marked = [mark.set_at for mark in record.marks if mark.kind in {MarkKind.WITHDRAWN, MarkKind.REPAIRED}]
    if standing in {Standing.WITHDRAWN, Standing.REPAIRED} and marked:
        return starts_on, legal_day(min(marked)) + _DAY
    valid_end = record.valid_until + _DAY if record.valid_until else None
    if standing is Standing.RUN_OUT:
        return starts_on, valid_end
    if standing is Standing.PUBLIC and record.publicity_ends_on is not None:
        return starts_on, record.publicity_ends_on
    return starts_on, record.query_ends_on or record.use_ends_on or valid_end
