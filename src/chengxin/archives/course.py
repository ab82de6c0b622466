"""The course of one record: its versions with what each changed, and its steps from decision to the end of keeping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from chengxin.archives.bodies import body_name
from chengxin.archives.contracts import Change, Event, FieldChange, Line
from chengxin.archives.values import words, written
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import FieldType
from chengxin.kernel.clock import legal_day, start_of
from chengxin.records import facade as records
from chengxin.records.contracts import Done, MarkKind, Record, Told
from chengxin.ui.facade import day

_DAY = timedelta(days=1)
Contents = Mapping[tuple[UUID, int], Mapping[str, object]]


def changes(versions: Sequence[Record], contents: Contents) -> tuple[Change, ...]:
    """Return what each version changed against the one before, the newest first."""
    oldest_first = sorted(versions, key=lambda record: record.version)
    found = []
    for before, after in zip([None, *oldest_first], oldest_first, strict=False):
        old = contents[before.record_id, before.version] if before else {}
        found.append(
            Change(
                version=after.version,
                on=legal_day(after.lineage.accepted_at),
                reason=after.reason or _("首次报送"),
                fields=_differences(after, old, contents[after.record_id, after.version]) if before else (),
            )
        )
    return tuple(reversed(found))


def _differences(record: Record, old: Mapping[str, object], new: Mapping[str, object]) -> tuple[FieldChange, ...]:
    item = catalogue.get_item_version(record.item_code, version=record.item_version)
    return tuple(
        FieldChange(name=words(field.title), before=before, after=after)
        for field in item.fields
        if field.type not in {FieldType.ID_NO, FieldType.ID_TYPE}
        and (before := written(field, old.get(field.name))) != (after := written(field, new.get(field.name)))
    )


def events(
    record: Record, versions: Sequence[Record], *, line: Line, told: Sequence[Told], at: datetime
) -> tuple[Event, ...]:
    """Return what happened to a record and what lies ahead, in order of time."""
    body = body_name(record.body)
    steps = [
        *_dated(_("违法行为终了"), record.ended_act_on),
        *_dated(_("作出决定"), record.determined_on, who=body),
        *_dated(_("告知您本人"), record.notified_on, who=body),
    ]
    for version in versions:
        source = _("批次 %(batch)s 第 %(row)s 行") % {
            "batch": version.lineage.batch_id.hex[-8:],
            "row": version.lineage.row_number,
        }
        title = _("报送并入库") if version.version == 1 else _("报送单位更正，成为第 %s 版") % version.version
        steps.append(Event(title=title, on=version.lineage.accepted_at, who=body, text=source))
    if record.published_at is not None:
        steps.append(Event(title=_("开始公示"), on=record.published_at))
    steps += [Event(title=_mark_word(mark.kind), on=mark.set_at, text=mark.reason) for mark in record.marks]
    today = legal_day(at)
    steps += _told(told, today=today)
    steps += _ahead(record, line=line, today=today)
    return tuple(sorted(steps, key=lambda step: _moment(step.on)))


def _told(told: Sequence[Told], *, today: date) -> list[Event]:
    """Return who was told of a change, what each answered, and who let the last day for it pass."""
    steps = []
    for one in told:
        body = body_name(one.body)
        steps.append(
            Event(title=_("已通知收到过的单位"), on=one.told_at, who=body, text=records.words_of_duty(one.duty))
        )
        if one.answered_at is not None:
            steps.append(
                Event(title=_("收到回执"), on=one.answered_at, who=body, text=records.words_of_done(Done(one.done)))
            )
        elif one.answer_by is not None and one.is_overdue(today):
            said = _("最迟应当在%s回执（暂定），到现在还没有。") % day(one.answer_by)
            steps.append(Event(title=_("超过期限没有回执"), on=one.answer_by, who=body, text=said))
    return steps


def _dated(title: str, on: date | None, *, who: str = "") -> list[Event]:
    return [Event(title=title, on=on, who=who)] if on else []


def _ahead(record: Record, *, line: Line, today: date) -> list[Event]:
    """Return the days the clocks end on; each is written as its last day."""
    never_public = not line.is_public and record.published_at is None
    ends = [
        (_("最早可以申请信用修复"), record.earliest_repair_on if line.is_adverse else None),
        (_("公示的最后一天"), None if never_public else _last(record.publicity_ends_on)),
        (_("提供查询的最后一天"), _last(record.query_ends_on)),
        (_("可以使用的最后一天"), _last(record.use_ends_on)),
        (_("保存的最后一天"), _last(record.retain_until)),
    ]
    return [
        Event(title=title, on=on, is_ahead=on >= today, is_provisional=line.is_provisional)
        for title, on in ends
        if on is not None
    ]


def _last(ends_on: date | None) -> date | None:
    return ends_on - _DAY if ends_on else None


def _moment(on: date | datetime) -> datetime:
    return on if isinstance(on, datetime) else start_of(on)


def _mark_word(kind: MarkKind) -> str:
    return {
        MarkKind.OBJECTION: _("标注：有异议"),
        MarkKind.FROZEN: _("标注：冻结，暂停使用"),
        MarkKind.WITHDRAWN: _("撤回"),
        MarkKind.REPAIRED: _("信用修复完成"),
    }[kind]
