"""Turn archive lines into what pages hand to the parts of the ui."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from chengxin.archives import rules, wording
from chengxin.archives.contracts import (
    Archive,
    Change,
    Line,
    OwnLine,
    PublicSubject,
    Report,
    ReportState,
    Section,
    Standing,
    Tab,
)
from chengxin.kernel.actor import Actor
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Lifetime,
    Link,
    Page,
    Progress,
    RecordLine,
    State,
    Step,
    Table,
    Tone,
    day,
    moment,
    series,
)
from chengxin.ui.facade import Tab as PageTab

_TONES = {
    Standing.PUBLIC: Tone.INFO,
    Standing.FROZEN: Tone.TODO,
    Standing.WITHDRAWN: Tone.ENDED,
    Standing.REPAIRED: Tone.DONE,
    Standing.RUN_OUT: Tone.ENDED,
    Standing.ENDED: Tone.ENDED,
}


def section_titles() -> dict[Section, str]:
    """Return the headings of an archive in the order they are read."""
    return {
        Section.ADVERSE: _("失信信息"),
        Section.BASIC: _("基础信息"),
        Section.QUALIFICATIONS: _("资格和许可"),
        Section.HONOURS: _("荣誉"),
        Section.COMMITMENTS: _("承诺"),
        Section.ENDED: _("已经结束的"),
    }


def archive_page(archive: Archive) -> Page:
    """Return the head of one's own page: how much is held, as of when, and no judgement."""
    return Page(
        title=_("我的信用"),
        lead=_("截至%(moment)s，平台上有您的%(count)s条信息。每一条都回答五个问题。平台不打分。")
        % {"moment": moment(archive.as_of), "count": len(archive.lines)},
        eyebrow=archive.name,
    )


def archive_sections(archive: Archive, *, actor: Actor, today: date) -> list[tuple[str, str, list[RecordLine]]]:
    """Return (anchor, heading, lines) of the sections that have lines."""
    found = []
    for section, title in section_titles().items():
        lines = archive.of(section)
        if lines:
            found.append((section.value, title, [own_record(line, actor=actor, today=today) for line in lines]))
    return found


def nothing_held(archive: Archive) -> Empty:
    """Say well that nothing is held."""
    return Empty(
        title=_("没有您的信息"),
        meaning=_("这表示截至%s，目录内各部门没有上报；不是对您的评价。") % moment(archive.as_of),
        would_appear=_("有部门报来您的信息时，会在这里写明是谁、依据什么、到哪天为止。"),
    )


def own_record(line: Line, *, actor: Actor, today: date, whole: bool = False) -> RecordLine:
    """Return one line of one's own archive with what its reader may do; its own page (`whole`) leads not to itself."""
    address = "" if whole else reverse("archive_line", args=[line.record_id])
    actions = [] if whole else [Link(text=_("看全部内容和办法"), url=address, strong=line.is_adverse)]
    objecting = address_of("objection_new", line.record_id)
    if objecting and actor.stands_for("objection.file"):
        actions.append(Link(text=_("看异议进展") if line.has_objection else _("有异议"), url=objecting))
    if not line.statement and actor.stands_for("statement.write"):
        actions.append(Link(text=_("写本人说明"), url=f"{address}#statement"))
    if line.is_adverse and not rules.is_ended(line.standing) and actor.stands_for("repair.file"):
        actions.append(
            Link(text=_("信用修复：最早哪天、要什么材料"), url=reverse("repair_apply", args=[line.record_id]))
        )
    return _record(line, today=today, actions=actions, url=address)


def public_record(line: Line, *, today: date, objects: bool = True) -> RecordLine:
    """Return one line of an enterprise page; why it is public is a link away.

    `objects`: whether the reader may be its subject, which is for nobody to say who has not signed in.
    """
    objecting = address_of("objection_new", line.record_id) if objects else ""
    actions = [Link(text=_("我是本主体，对这一条有异议"), url=objecting)] if objecting else []
    if line.tab is Tab.LISTS and (listing := address_of("list_of_item", line.item_code)):
        actions = [Link(text=_("这是什么名单、怎样离开"), url=listing), *actions]
    return _record(line, today=today, actions=actions, url="")


def presented_record(line: Line, *, today: date) -> RecordLine:
    """Return one line as somebody sees it to whom its person shows it."""
    return _record(line, today=today, actions=(), url="")


def address_of(name: str, key: UUID | str) -> str:
    """Return the address of what a package above offers for a record or an item; '' where it is not installed."""
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return ""


def _record(line: Line, *, today: date, actions: Sequence[Link], url: str) -> RecordLine:
    facts = [Fact(name=shown.name, value=shown.value) for shown in line.facts]
    if line.statement:
        facts.append(Fact(name=_("本人说明"), value=line.statement))
    return RecordLine(
        kind=line.kind,
        title=line.title,
        state=State(
            word=wording.standing_word(line.standing, is_adverse=line.is_adverse),
            tone=_TONES.get(line.standing, Tone.NEUTRAL),
        ),
        mark=State(word=_("有异议"), tone=Tone.TODO) if line.has_objection else None,
        written_by=line.written_by,
        written_on=line.written_on,
        allowed_because=line.allowed_because,
        basis_link=Link(text=_("目录条目"), url=reverse("catalogue_item", args=[line.item_code])),
        law_link=Link(text=line.basis[0].name, url=line.basis[0].url) if line.basis else None,
        seen_by=line.seen_by,
        lifetime=Lifetime(starts_on=line.starts_on, ends_on=line.ends_on, today=today, provisional=line.is_provisional),
        ends_note=line.ends_note,
        actions=actions,
        url=url,
        facts=facts,
    )


def line_page(own: OwnLine) -> Page:
    """Return the head of one line's page."""
    return Page(
        title=own.line.title,
        heading_hidden=True,
        crumbs=(Crumb(text=_("我的信用"), url=reverse("archive")), Crumb(text=own.line.kind)),
    )


def line_facts(line: Line) -> list[Fact]:
    """Return every field of a line, then where it came from."""
    return [
        *(Fact(name=shown.name, value=shown.value) for shown in line.fields),
        Fact(
            name=_("来源"),
            value=_("%(body)s，批次 %(batch)s 第 %(row)s 行")
            % {"body": line.written_by, "batch": line.batch, "row": line.row_number},
            hint=day(line.written_on),
        ),
    ]


def course_steps(own: OwnLine) -> list[Step]:
    """Return the course of a record, what is still ahead told as such."""
    return [
        Step(
            title=event.title,
            progress=Progress.LATER if event.is_ahead else Progress.DONE,
            when=event.on,
            who=event.who,
            text=event.text,
            provisional=event.is_provisional,
        )
        for event in own.course
    ]


def changes_table(own: OwnLine) -> Table | None:
    """Return what later versions changed, or None when there is one version."""
    rows = [
        (
            Cell(value=str(change.version)),
            Cell(value=day(change.on)),
            Cell(value=change.reason),
            Cell(value=_said(change)),
        )
        for change in own.changes
        if change.version > 1
    ]
    if not rows:
        return None
    columns = (Column(title=_("版本")), Column(title=_("日期")), Column(title=_("原因")), Column(title=_("改了什么")))
    return Table(caption=_("更正的经过"), columns=columns, rows=rows)


def _said(change: Change) -> str:
    return series(
        _("%(name)s：%(before)s → %(after)s")
        % {"name": one.name, "before": one.before or "—", "after": one.after or "—"}
        for one in change.fields
    )


def reports_page() -> Page:
    """Return the head of the reports."""
    return Page(title=_("信用报告"), lead=_("免费，次数不限。每份报告有一个验真码，别人只能用它核对真假，看不到内容。"))


def certificates_page(*, problems: bool) -> Page:
    """Return the head of one's certificates."""
    lead = _("代替有关部门逐个出具的无违法违规记录证明。免费，次数不限；对方用查询码核对真假。")
    return Page(title=_("合规证明"), lead=lead, problems=problems)


def report_state(state: ReportState) -> State:
    """Return where a report stands, in a word."""
    return {
        ReportState.VALID: State(word=_("有效"), tone=Tone.DONE),
        ReportState.SUPERSEDED: State(word=_("已有新内容"), tone=Tone.ENDED),
        ReportState.WITHDRAWN: State(word=_("已撤回"), tone=Tone.ENDED),
        ReportState.UNKNOWN: State(word=_("没有这个码"), tone=Tone.ALERT),
    }[state]


def take_back_page(code: str) -> Page:
    """Return the head of taking a report back."""
    return Page(
        title=_("撤回报告"),
        lead=_("撤回以后，别人核对报告%(code)s，会看到“已撤回”；您也不能再下载它。需要时可以再生成一份。")
        % {"code": code},
    )


def reports_table(found: Iterable[Report], *, actor: Actor) -> Table:
    """Return one's reports with their downloads; a valid one can be taken back, by its person alone."""
    is_own = actor.stands_for("report.take_back")
    return Table(
        caption=_("已生成的报告"),
        columns=(
            Column(title=_("验真码")),
            Column(title=_("生成时间")),
            Column(title=_("状态")),
            Column(title=_("可以做什么")),
        ),
        rows=[
            (
                Cell(value=report.code, url=_file(report, "pdf")),
                Cell(value=moment(report.made_at)),
                Cell(state=report_state(report.state)),
                Cell(value=_("撤回报告"), url=reverse("archive_take_back", args=[report.code]))
                if is_own and report.state is ReportState.VALID
                else Cell(value="—"),
            )
            for report in found
        ],
        empty=Empty(title=_("还没有生成过报告"), meaning=_("生成以后会列在这里，可以下载 PDF。")),
    )


def _file(report: Report, kind: str) -> str:
    if report.state is not ReportState.VALID:
        return ""
    return reverse("archive_report", args=[report.code, kind])


def subject_page(found: PublicSubject) -> Page:
    """Return the head of an enterprise page."""
    former = _("曾用名：%s") % _("、").join(found.former_names) if found.former_names else ""
    return Page(
        title=found.name,
        lead=former,
        eyebrow=found.uscc,
        crumbs=(Crumb(text=_("信用查询"), url="/search"), Crumb(text=found.name)),
    )


def tab_titles() -> dict[Tab, str]:
    """Return the tabs of the enterprise page in their order."""
    return {
        Tab.OVERVIEW: _("概况"),
        Tab.REGISTRATION: _("登记"),
        Tab.LICENCES: _("许可"),
        Tab.PENALTIES: _("处罚"),
        Tab.LISTS: _("名单"),
        Tab.COMMITMENTS: _("承诺"),
        Tab.HONOURS: _("荣誉"),
        Tab.OTHER: _("其他"),
    }


def subject_tabs(found: PublicSubject, *, current: Tab) -> list[PageTab]:
    """Return the tabs as links with how many lines each has."""
    address = reverse("subject", args=[found.uscc])
    return [
        PageTab(
            title=title,
            url=address if tab is Tab.OVERVIEW else f"{address}?tab={tab.value}",
            current=tab is current,
            count=None if tab is Tab.OVERVIEW else len(found.of(tab)),
        )
        for tab, title in tab_titles().items()
    ]


def subject_facts(found: PublicSubject) -> list[Fact]:
    """Return what the overview says: who it is, what services it offers, how much is public."""
    facts = [Fact(name=_("统一社会信用代码"), value=found.uscc), Fact(name=_("名称"), value=found.name)]
    if found.provider_types:
        facts.append(Fact(name=_("服务类型"), value=_("、").join(found.provider_types)))
    facts.append(Fact(name=_("正在公示"), value=_("%s条") % len(found.lines), hint=_("截至%s") % moment(found.as_of)))
    return facts


def nothing_public(found: PublicSubject) -> Empty:
    """Say well that nothing of a kind is public."""
    return Empty(
        title=_("没有公示的记录"),
        meaning=_("这表示截至%s，目录内各部门没有应当公示的记录，或者公示期已满；不是评价。") % moment(found.as_of),
    )


def verify_page() -> Page:
    """Return the head of the verification page."""
    return Page(title=_("报告验真"), lead=_("输入报告上的验真码。这里只回答真假，不显示内容。"))
