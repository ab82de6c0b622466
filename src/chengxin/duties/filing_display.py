"""What platforms file, as parts of the ui."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.facade import body_name, text
from chengxin.duties.contracts import FilingDuty, FilingField, Owed, PlatformFiling, Rhythm
from chengxin.duties.filing_duties import filing_duties
from chengxin.law.facade import name_of
from chengxin.market.contracts import Platform
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Figure,
    Link,
    Page,
    State,
    Table,
    Tone,
    day,
    in_language,
    labelled,
    series,
)


def figures(filed: Sequence[PlatformFiling], owing: Sequence[Owed], *, today: date) -> list[Figure]:
    """Count what was filed, what came late and what is overdue today."""
    return [
        Figure(label=_("已报送"), value=len(filed), url="#filed"),
        Figure(label=_("迟报"), value=sum(one.is_late for one in filed), url="#filed"),
        Figure(label=_("逾期没有报"), value=sum(one.is_overdue(today) for one in owing), url="#owed"),
    ]


def owed_table(owing: Sequence[Owed], *, today: date, links: bool = False) -> Table:
    """Return what is owed with its last day; to the platform each leads to its form."""
    return Table(
        caption=_("应报没有报"),
        columns=tuple(Column(title=one) for one in (_("报什么"), _("哪个月份的"), _("最晚"), _("状态"))),
        rows=[
            (
                Cell(value=title_of(one.duty), url=_form_url(one.duty) if links else "", hint=basis_words(one.duty)),
                Cell(value=one.period or _("登记以后第一次")),
                Cell(value=day(one.due_on)),
                Cell(state=owed_state(one, today=today)),
            )
            for one in owing
        ],
        empty=Empty(title=_("没有应报没有报的"), meaning=_("到今天为止，应报的都报了；迟报的在下面写明。")),
        source=_("应报的月份和期限按法律和平台暂定的期限算出，不用谁来登记逾期。"),
    )


def filed_table(filed: Sequence[PlatformFiling]) -> Table:
    """Return what a platform filed, each with its answers and whether it came in time."""
    return Table(
        caption=_("已报送"),
        columns=tuple(Column(title=one) for one in (_("报什么"), _("内容"), _("报送日"), _("状态"))),
        rows=[
            (
                Cell(value=title_of(one.report.duty), hint=_window(one)),
                Cell(value=answers_words(one), hint=one.number),
                Cell(value=day(one.filed_on), hint=_("最晚%s") % day(one.due_on)),
                Cell(state=filed_state(one)),
            )
            for one in filed
        ],
        empty=Empty(title=_("还没有报送"), meaning=_("平台报送以后，内容和有没有迟报显示在这里。")),
        source=_("平台自己报送，内容由平台负责。"),
    )


def filed_state(one: PlatformFiling) -> State:
    """Say whether a filing came in time."""
    if one.is_supplement:
        return State(word=_("补充"), tone=Tone.NEUTRAL)
    if one.is_late:
        return State(word=_("迟报"), tone=Tone.ALERT)
    return State(word=_("按时"), tone=Tone.DONE)


def owed_state(one: Owed, *, today: date) -> State:
    """Say whether what is owed is still in time."""
    if one.is_overdue(today):
        return State(word=_("逾期没有报"), tone=Tone.ALERT)
    return State(word=_("现在应报"), tone=Tone.TODO)


def title_of(code: str) -> str:
    """Name a duty to file."""
    return text(filing_duties()[code].title)


def basis_words(code: str) -> str:
    """Name what a duty to file rests on."""
    names = [name_of(one) for one in filing_duties()[code].basis if not one.startswith("D/")]
    return series([in_language(one.zh, one.en) for one in names])


def answers_words(one: PlatformFiling) -> str:
    """Say the answers of a filing in one text."""
    fields = filing_duties()[one.report.duty].fields
    said = (labelled(text(f.title), _answer(f, one)) for f in fields)
    return series(said)


def answer_facts(one: PlatformFiling) -> list[Fact]:
    """Return the answers of a filing one by one."""
    fields = filing_duties()[one.report.duty].fields
    return [Fact(name=text(field.title), value=_answer(field, one)) for field in fields]


def _answer(field: FilingField, one: PlatformFiling) -> str:
    said = one.report.answers.get(field.name, "").rstrip("。")
    return text(field.options[said]) if said in field.options else said


def _window(one: PlatformFiling) -> str:
    if one.report.happened_on:
        return _("%s发生") % day(one.report.happened_on)
    return one.report.period or _("登记以后第一次")


def public_page(platform: Platform) -> Page:
    """Return the head of what a platform discloses."""
    name, title = body_name(platform.body), _("平台信息披露")
    return Page(
        title=title,
        eyebrow=name,
        lead=_("平台按期报送的信息、重大事件，哪些迟报，哪些到期没有报。"),
        crumbs=(
            Crumb(text=_("首页"), url="/"),
            Crumb(text=name, url=reverse("platform", args=[platform.body])),
            Crumb(text=title),
        ),
        wide=True,
    )


def own_page() -> Page:
    """Return the head of what one's own platform owes and filed."""
    return Page(
        title=_("平台报送"),
        lead=_("先报最早到期的。过了期限也能报，会公开标明迟报；报过的不能改，可以再报补充。"),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=_("平台报送"))),
        wide=True,
    )


def form_page(duty: FilingDuty, *, problems: bool) -> Page:
    """Return the head of the form of one duty."""
    title = text(duty.title)
    return Page(
        title=title,
        eyebrow=_("平台报送"),
        lead=_("内容会公示。"),
        crumbs=(
            Crumb(text=_("工作台"), url=reverse("casework_inbox")),
            Crumb(text=_("平台报送"), url=reverse("platform_filings")),
            Crumb(text=title),
        ),
        problems=problems,
    )


def duty_facts(months: Mapping[str, Sequence[str]]) -> list[Fact]:
    """Return every duty to file with what it rests on and the way to its form; `months` may be filed for now."""
    return [_duty_fact(one, can_file=one.rhythm is Rhythm.EVENT or bool(months[one.code])) for one in _duties()]


def _duty_fact(duty: FilingDuty, *, can_file: bool) -> Fact:
    link = Link(text=_("去报送"), url=_form_url(duty.code)) if can_file else None
    hint = "" if can_file else _("到了月份再报。")
    return Fact(name=text(duty.title), value=basis_words(duty.code), hint=hint, link=link)


def _duties() -> list[FilingDuty]:
    return list(filing_duties().values())


def _form_url(code: str) -> str:
    return reverse("file_platform_report", args=[code])
