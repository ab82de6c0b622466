"""A person's archive in the key groups (重点人群), and the occupational report (职业信用报告) made of ticked sections.

Who is in a group is what the registers of licences and posts filed: a record of the part `basic` with its first and
last day. Nothing else makes a member, and a membership closes by itself the day after its last.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils import translation

from chengxin.access import facade as access
from chengxin.archives.actions import PURPOSE as LOOKING
from chengxin.archives.actions import own_lines, own_reader, own_records
from chengxin.archives.content import encode, form_of, shown_line
from chengxin.archives.contracts import Archive, Line, Membership, Occupation, ReportForm, Standing
from chengxin.archives.disclosure import Opened, open_own
from chengxin.archives.presenting import presentable
from chengxin.archives.reports import PURPOSE, keep
from chengxin.archives.rules import is_ended, standing_at
from chengxin.archives.values import words
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import FieldUse, Group
from chengxin.database.contracts import Channel as Door
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.codes import new_code
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.law.facade import cites
from chengxin.records.contracts import Record
from chengxin.ui.facade import day, moment

FORM: Final = "chengxin-occupation-1"
MEMBER: Final = "basic"
_DAY: Final = timedelta(days=1)


def part_of(record: Record) -> tuple[str, str]:
    """Return the group and the part of its archive a record belongs to; ("", "") for any other."""
    item = catalogue.get_item_version(record.item_code, version=record.item_version)
    return item.group, item.group_part


@cites("PIPL/45", "SEED1/3.2")
def own_occupations(actor: Actor, *, now: datetime) -> tuple[Occupation, ...]:
    """Return the archives of the person who asks, one for each group that holds anything, with one event."""
    reader = own_reader(actor, action="record.read_own", purpose=LOOKING, now=now)
    with access.acting_for(actor, channel=Door.SELF, purpose=LOOKING):
        found = [record for record in own_records(reader.subject_id, now=now) if part_of(record)[0]]
        opened = open_own(found, reader=reader, now=now, with_name=False)
    codes = sorted({part_of(record)[0] for record in found})
    return tuple(_occupation(catalogue.get_group(code), found, opened, at=now) for code in codes)


def _occupation(group: Group, found: Sequence[Record], opened: Opened, *, at: datetime) -> Occupation:
    held = [record for record in found if part_of(record)[0] == group.code]
    lines = {line.record_id: line for line in own_lines(held, opened, at=at)}
    members = [
        _membership(record, lines[record.record_id], opened, at=at) for record in held if part_of(record)[1] == MEMBER
    ]
    parts = {part: [lines[one.record_id] for one in held if part_of(one)[1] == part] for part in group.parts}
    return Occupation(group=group, memberships=members, parts=parts)


@cites("SEED1/3.2", "D/occupation-report")
def _membership(record: Record, line: Line, opened: Opened, *, at: datetime) -> Membership:
    starts_on = _started_on(record, opened.contents[record.record_id, record.version])
    return Membership(
        line=line,
        starts_on=starts_on,
        ends_on=record.valid_until + _DAY if record.valid_until else None,
        is_open=line.standing is Standing.ON_FILE and starts_on <= legal_day(at),
    )


def _started_on(record: Record, content: Mapping[str, object]) -> date:
    field = catalogue.get_item_version(record.item_code, version=record.item_version).field_for(FieldUse.VALID_FROM)
    assert field is not None
    return date.fromisoformat(str(content[field.name]))


@cites("PIPL/45", "D/occupation-report")
def make_occupational_report(
    actor: Actor, group_code: str, ticked: Collection[str], *, now: datetime, address_of: Callable[[str], str]
) -> str:
    """Make a report of the ticked sections of one's occupation and return its code; the same one before gives way."""
    reader = own_reader(actor, action="occupation.report", purpose=PURPOSE, now=now)
    group = catalogue.get_group(group_code)
    parts = [part for part in group.parts if part in ticked]
    if not parts or set(ticked) - set(parts):
        raise Refused(_nothing_ticked())
    code = new_code()
    with access.acting_for(actor, channel=Door.SELF, purpose=PURPOSE):
        held = [
            one
            for one in showable(reader.subject_id, now=now)
            if part_of(one)[0] == group.code and part_of(one)[1] in {*parts, MEMBER}
        ]
        opened = open_own(held, reader=reader, now=now, reference=code)
        with translation.override("zh-hans"):
            occupation = _occupation(group, held, opened, at=now)
            if not occupation.is_open:
                raise Refused(_not_in_it())
            archive = Archive(
                subject_id=reader.subject_id,
                kind=opened.identity.kind,
                name=opened.name,
                uscc="",
                as_of=now,
                lines=[line for lines in occupation.parts.values() for line in lines],
            )
            said = _content(archive, occupation, parts, code=code, verify_url=address_of(code))
        keep(
            reader,
            encode(said),
            archive.lines,
            form=ReportForm.OCCUPATION,
            items=[f"group.{group.code}.{part}" for part in parts],
            code=code,
            now=now,
        )
    return code


def showable(subject_id: UUID, *, now: datetime) -> list[Record]:
    """Return what of the archives of a person's occupations may stand in a report that others will read."""
    return [
        one
        for one in presentable(subject_id, now=now)
        if part_of(one)[0] and not is_ended(standing_at(one, at=now, is_public=False))
    ]


def part_title(group: Group, part: str, *, on: date) -> str:
    """Return what a part of a group's archive is called."""
    return words(catalogue.get_item(f"group.{group.code}.{part}", on=on).title)


def _content(
    archive: Archive, occupation: Occupation, parts: Sequence[str], *, code: str, verify_url: str
) -> dict[str, Any]:
    """Return what an occupational report says: that its person is in the occupation, and the ticked sections."""
    on = legal_day(archive.as_of)
    titles = {part: part_title(occupation.group, part, on=on) for part in parts}
    chapters: list[dict[str, Any]] = [
        {
            "title": "职业",
            "facts": [
                {"name": "姓名", "value": archive.name},
                {"name": "职业", "value": occupation.group.title.zh},
                {"name": "状态", "value": f"截至{day(on)}，登记为在岗"},
                {"name": "本人出示", "value": "、".join(titles.values())},
                {"name": "截至时间", "value": moment(archive.as_of)},
            ],
            "notes": [occupation.group.limits.zh] if occupation.group.limits else [],
        }
    ]
    for part, title in titles.items():
        lines = [shown_line(line) for line in occupation.parts[part]]
        chapters.append({"title": title, "lines": lines, "empty": f"截至{day(on)}，有关部门没有报送。"})
    chapters.append({"title": "怎样读这份报告", "notes": list(_NOTES)})
    head = form_of(archive, form=FORM, code=code, verify_url=verify_url, requester="本人")
    return {**head, "title": "职业信用报告", "purpose": "本人出示职业信用", "chapters": chapters}


_NOTES: Final = (
    "本报告由本人生成，只列出本人选择的部分；没有列出的部分，不能推断有没有信息，也不得要求本人说明。",
    "不打分，不评级，不作结论。已经到期、修复、撤回或者冻结的，不再列出。",
    "本人可以随时撤回。离开岗位，或者列出的部分有了新内容，验真时会回答“已有新内容”。",
    "免费，次数不限。核对真假，请扫描二维码或者到“报告验真”页输入查询码。",
)


def _nothing_ticked() -> Refusal:
    return Refusal(
        code="OCCUPATION-PARTS",
        what="请至少勾选一个要出示的部分。",
        why="报告只写您勾选的部分，平台不替您选。",
        next_step="请按需要勾选，不用都选。",
        field="parts",
    )


def _not_in_it() -> Refusal:
    return Refusal(
        code="OCCUPATION-CLOSED",
        what="您现在没有登记在这个职业里，不能生成它的报告。",
        why="离开岗位以后，职业档案随之关闭。",
        next_step="登记有误或者没有更新的，请在那一条记录上提出异议。",
        basis=("D/occupation-report",),
    )
