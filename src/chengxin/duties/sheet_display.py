"""What authorities asked, as parts of the ui."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengxin.casework.contracts import Case
from chengxin.casework.facade import body_name, due_hint, get_procedure, state_of, text
from chengxin.database.contracts import Channel
from chengxin.duties.contracts import Campaign, Owed, OwnRequest, Sheet
from chengxin.duties.filing_display import owed_state, title_of
from chengxin.duties.sheet_panel import addressee_of, facts_of
from chengxin.duties.sheets import sheets
from chengxin.kernel.clock import legal_day
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Fact, KeyDate, Page, Table, Task, day, moment, series

SEND_HEADING = gettext_lazy("发出")
ANSWER = "answer_own"


def cases_table(found: Sequence[Case], *, at: datetime) -> Table:
    """Return what was asked: of whom, by which document or on which topic, and where it stands."""
    return Table(
        caption=_("提出和答复"),
        columns=tuple(Column(title=one) for one in (_("事项"), _("内容"), _("谁提出"), _("向谁提出"), _("状态"))),
        rows=[
            (
                Cell(value=one.number, url=reverse("casework_case", args=[one.id]), hint=text(_sheet(one).title)),
                Cell(value=_what(one)),
                Cell(value=body_name(str(one.facts["asker"]))),
                Cell(value=addressee_of(one)),
                Cell(state=state_of(one), hint=due_hint(one, on=legal_day(at))),
            )
            for one in found
        ],
        empty=Empty(title=_("没有往来的文书"), meaning=_("发出以后显示在这里，双方各看各的。")),
    )


def asking_page(sheet: Sheet, *, problems: bool) -> Page:
    """Return the head of a form and of what was asked by it."""
    leads = {
        "data_request": _("没有文书号、依据和范围的发不出去。对方凭文书号核对；提供的材料只用于文书写明的事。"),
        "impersonation": _(
            "平台和主管部门分别签收、分别答复。移送只是线索，不改变店铺的任何信息；"
            "另一个人依据生效文书认定以后，标识才变。"
        ),
        "campaign": _("公布以后，名称、文号、起止日和数字公开。对象在“专项行动对象”里按证据列入。"),
        "campaign_target": _(
            "没有证据的不能列为对象。列为对象只是核查，不公开，不影响店铺；期限里没有结果的自动结束。"
        ),
        "guidance": _("一次活动四个主题，每个主题单独办理。没有检查结果的主题一直开着。"),
    }
    title = text(sheet.title)
    return Page(
        title=title,
        lead=leads.get(sheet.code, ""),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=title)),
        problems=problems,
        wide=True,
    )


def asked_page() -> Page:
    """Return the head of what a platform was asked."""
    title = _("主管部门向平台提出的")
    return Page(
        title=title,
        lead=_("先核对文书号。范围不清的，可以在事项里请求写明，等候的时间不算。"),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=title)),
        wide=True,
    )


def own_page(case: Case, *, problems: bool) -> Page:
    """Return the head of a merchant's page of one data request."""
    shops = Crumb(text=_("我的店铺"), url=reverse("own_shops"))
    leads = {
        "data_request": _("请先向发出的部门核对文书号，再提供。只提供文书写明的范围。"),
        "impersonation": _(
            "有人反映这家店铺用了别人的名称或者证照。您可以说明，附上材料；没有认定以前，什么都不改变。"
        ),
    }
    return Page(
        title=text(_sheet(case).title),
        eyebrow=case.number,
        lead=leads[case.procedure],
        crumbs=(Crumb(text=_("我的"), url=reverse("archive")), shops, Crumb(text=case.number)),
        problems=problems,
    )


def own_facts(case: Case, *, at: datetime) -> list[Fact]:
    """Say who asks for what, and where it stands."""
    state = Fact(name=_("状态"), value="", state=state_of(case), hint=due_hint(case, on=legal_day(at)))
    return [state, *facts_of(case)]


def receipt(own: OwnRequest) -> list[Fact]:
    """Return the receipt (回执) of what was given: its number, its moment and the digest of each paper; or nothing."""
    given = next((step for step in own.steps if step.verb == ANSWER), None)
    if given is None:
        return []
    papers = [
        Fact(name=_("材料%d") % place, value=_("指纹%s") % digest[:16])
        for place, digest in enumerate(given.evidence, start=1)
    ]
    return [Fact(name=_("回执编号"), value=own.case.number), Fact(name=_("收到时间"), value=moment(given.at)), *papers]


def title_of_case(case: Case) -> str:
    """Return what a case is called, as its first field says."""
    answers = case.facts["answers"]
    return str(answers[_sheet(case).fields[0].name]) if isinstance(answers, Mapping) else case.number


def campaigns_page() -> Page:
    """Return the head of the public page of special campaigns."""
    title = _("专项行动")
    return Page(
        title=title,
        lead=_("对谁都一样地数：查了多少，作出多少决定，多少查清没有问题。查清的不公开是谁。"),
        crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=title)),
        wide=True,
    )


def campaigns_table(found: Sequence[Campaign]) -> Table:
    """Return the special campaigns with what came of their targets; decisions by the numbers of their documents."""
    states = get_procedure("campaign_target").states
    titles = [_("专项行动"), _("对象"), *(text(one.title) for one in states.values()), _("决定文书号")]
    return Table(
        caption=_("专项行动和结果"),
        caption_hidden=True,
        columns=tuple(Column(title=one) for one in titles),
        rows=[
            (
                Cell(
                    value=one.title,
                    hint=f"{body_name(one.body)} {one.document} {day(one.first_day)}–{day(one.last_day)}",
                ),
                Cell(value=sum(one.counts.values())),
                *(Cell(value=one.counts.get(state, 0)) for state in states),
                Cell(value=series(list(one.documents)) or _("还没有")),
            )
            for one in found
        ],
        empty=Empty(title=_("没有专项行动"), meaning=_("主管部门公布专项行动以后，数字显示在这里。")),
        source=_("列为对象不是认定。处罚决定按目录归集以后，在公示栏目公开。"),
    )


def own_verbs(case: Case) -> list[tuple[str, str]]:
    """Return what a merchant can do in a case now: verbs with their words."""
    verbs = get_procedure(case.procedure).verbs.values()
    return [
        (one.code, text(one.title)) for one in verbs if one.channel is Channel.SELF and case.state in one.from_states
    ]


def _sheet(case: Case) -> Sheet:
    return sheets()[case.procedure]


def _what(case: Case) -> str:
    answers = case.facts.get("answers")
    said = answers if isinstance(answers, Mapping) else {}
    fields = {field.name: field for field in _sheet(case).fields}
    shown = fields.get(_sheet(case).each) or _sheet(case).fields[0]
    value = str(said.get(shown.name, ""))
    return text(shown.options[value]) if shown.options else value


def self_check_page() -> Page:
    """Return the head of a platform's own check of its duties."""
    title = _("自查清单")
    return Page(
        title=title,
        lead=_("公众看到的也是这些事实。点数字看每一条，先办最早到期的。"),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=title)),
        wide=True,
    )


def tasks(owing: Sequence[Owed], found: Sequence[Case], *, at: datetime) -> list[Task]:
    """Return what a platform has to file and to answer, the nearest last day first."""
    dated = [(one.due_on, _owed_task(one, today=legal_day(at))) for one in owing]
    dated += [(one.due_on or date.max, _case_task(one)) for one in found]
    return [task for _due, task in sorted(dated, key=lambda pair: pair[0])]


def _owed_task(one: Owed, *, today: date) -> Task:
    due = KeyDate(label=_("最晚"), on=one.due_on, legal=True)
    url = reverse("file_platform_report", args=[one.duty])
    return Task(title=title_of(one.duty), url=url, state=owed_state(one, today=today), hint=one.period, due=due)


def _case_task(one: Case) -> Task:
    due = KeyDate(label=_("最晚"), on=one.due_on, legal=True, provisional=one.due_provisional) if one.due_on else None
    url = reverse("casework_case", args=[one.id])
    return Task(title=text(_sheet(one).title), url=url, state=state_of(one), hint=_what(one), due=due)
