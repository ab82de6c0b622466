"""A person's occupations as parts of the ui."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from chengxin.archives.contracts import Membership, Occupation
from chengxin.archives.display import own_record
from chengxin.archives.forms import OccupationForm
from chengxin.archives.occupation import part_title
from chengxin.archives.values import words
from chengxin.kernel.actor import Actor
from chengxin.ui.facade import Cell, Column, Empty, Page, RecordLine, State, Table, Tone, day


@dataclass(frozen=True, kw_only=True)
class Section:
    """One occupation on the page; `form` is None once the archive is closed."""

    code: str
    title: str
    limits: str
    memberships: Table
    parts: Sequence[tuple[str, Sequence[RecordLine]]]
    form: OccupationForm | None


def page(*, problems: bool) -> Page:
    """Return the head of one's occupations."""
    lead = _("依法登记的从业情况和职业信用档案。离开岗位，档案随之关闭。要给谁看、看哪几部分，由您决定；平台不打分。")
    return Page(title=_("我的职业"), lead=lead, problems=problems)


def nothing() -> Empty:
    """Say well that the person is in none of the groups."""
    return Empty(
        title=_("没有登记的职业"),
        meaning=_("只有26类职业建立职业信用档案，由主管部门依照许可和登记报送；没有登记不是评价。"),
    )


def sections(
    found: Sequence[Occupation], forms: Mapping[str, OccupationForm], *, actor: Actor, today: date
) -> list[Section]:
    """Return the occupations with their lines, each with its five answers."""
    return [
        Section(
            code=one.group.code,
            title=words(one.group.title),
            limits=words(one.group.limits) if one.group.limits else "",
            memberships=_memberships(one.memberships),
            parts=[
                (_counted(one, part, on=today), [own_record(line, actor=actor, today=today) for line in lines])
                for part, lines in one.parts.items()
                if lines
            ],
            form=forms.get(one.group.code),
        )
        for one in found
    ]


def offered(one: Occupation, *, on: date) -> list[tuple[str, str]]:
    """Return the parts of a group's archive with how many lines each has; one without lines can be shown as empty."""
    return [(part, _counted(one, part, on=on)) for part in one.parts]


def _counted(one: Occupation, part: str, *, on: date) -> str:
    return _("%(part)s（%(count)s条）") % {"part": part_title(one.group, part, on=on), "count": len(one.parts[part])}


def _memberships(found: Sequence[Membership]) -> Table:
    columns = (Column(title=_("从业单位")), Column(title=_("开始")), Column(title=_("结束")), Column(title=_("状态")))
    rows = [
        (
            Cell(value=one.line.title),
            Cell(value=day(one.starts_on)),
            Cell(value=day(one.ends_on - timedelta(days=1)) if one.ends_on else "—"),
            Cell(state=_state(one)),
        )
        for one in found
    ]
    empty = Empty(title=_("没有登记从业单位"), meaning=_("主管部门没有报送从业起止日期。"))
    return Table(caption=_("从业情况"), columns=columns, rows=rows, empty=empty)


def _state(one: Membership) -> State:
    return State(word=_("在岗"), tone=Tone.DONE) if one.is_open else State(word=_("不在岗"), tone=Tone.ENDED)
