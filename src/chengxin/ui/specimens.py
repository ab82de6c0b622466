"""Invented values for the style page: one specimen of every part."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengxin.kernel import clock
from chengxin.ui import contracts as c
from chengxin.ui.forms import DateInput

AT = datetime(2026, 11, 23, 2, 42, tzinfo=UTC)
KINDS = (("penalty", gettext_lazy("行政处罚")), ("licence", gettext_lazy("行政许可")))
SEVERITIES = (("minor", gettext_lazy("轻微")), ("general", gettext_lazy("一般")), ("serious", gettext_lazy("严重")))


class StyleForm(forms.Form):
    """Every kind of field."""

    name = forms.CharField(label=gettext_lazy("名称"), help_text=gettext_lazy("与营业执照上的名称一致。"))
    on = forms.DateField(label=gettext_lazy("决定日期"), widget=DateInput())
    kind = forms.ChoiceField(label=gettext_lazy("种类"), choices=KINDS)
    severity = forms.ChoiceField(label=gettext_lazy("程度"), choices=SEVERITIES, widget=forms.RadioSelect)
    reason = forms.CharField(label=gettext_lazy("说明"), widget=forms.Textarea, required=False)
    file = forms.FileField(
        label=gettext_lazy("上报文件"), help_text=gettext_lazy("CSV 或 XLSX，不超过 50 MB。"), required=False
    )
    agreed = forms.BooleanField(label=gettext_lazy("我确认以上内容与原件一致"))


class FilterForm(forms.Form):
    """A short form in one line."""

    department = forms.ChoiceField(label=gettext_lazy("部门"), choices=(("", gettext_lazy("全部部门")),))
    since = forms.DateField(label=gettext_lazy("从哪天起"), widget=DateInput())


def specimens(request: HttpRequest) -> dict[str, Any]:
    """Return one value for every part."""
    today = clock.legal_day(clock.now())
    return {
        "page": heading(problems="wrong" in request.GET),
        "records": records(today),
        "states": states(),
        "dates": (
            c.KeyDate(label=_("最迟答复"), on=date(2026, 12, 4), legal=True),
            c.KeyDate(label=_("公示到"), on=date(2027, 2, 28), provisional=True),
        ),
        "facts_value": facts(),
        "tabs_value": tabs(),
        "table_value": table(today),
        "empty_table": empty_table(),
        "figures_value": figures(),
        "bars_value": bars(),
        "strip_value": strip(),
        "chart_value": chart(),
        "steps_value": steps(),
        "looks": looks(),
        "tasks": tasks(),
        "form_steps": form_steps(),
        "filter": FilterForm(),
        "downloads_value": (
            c.Download(title=_("行政处罚信息上报模板"), url="/ui", format="XLSX", size=18_432, note=_("2026 年版")),
            c.Download(title=_("疑问数据清单"), url="/ui", format="CSV", size=2_411_724),
        ),
        "money": 1_234_550,
        "total": 1_204_318,
        "today": today,
        "at": AT,
    }


def heading(*, problems: bool) -> c.Page:
    """Return the heading of the style page."""
    return c.Page(
        title=_("部件样张"),
        lead=_("页面由这些部件拼成。文字、间距、颜色和打印样式都在部件里，页面只写内容。"),
        eyebrow=_("演示"),
        crumbs=(c.Crumb(text=_("首页"), url="/"), c.Crumb(text=_("部件样张"))),
        problems=problems,
    )


def tabs() -> tuple[c.Tab, ...]:
    """Return tabs, one of them current."""
    return (
        c.Tab(title=_("概况"), url="/ui"),
        c.Tab(title=_("许可"), url="/ui", count=12),
        c.Tab(title=_("处罚"), url="/ui#table", current=True, count=2),
        c.Tab(title=_("承诺"), url="/ui", count=0),
    )


def records(today: date) -> tuple[c.RecordLine, ...]:
    """Return a running record and one under objection."""
    actions = (
        c.Link(text=_("提出异议"), url="#record", strong=True),
        c.Link(text=_("申请信用修复"), url="#record"),
        c.Link(text=_("写本人说明"), url="#record"),
    )
    running = c.RecordLine(
        kind=_("行政处罚"),
        title=_("未按规定明码标价"),
        state=c.State(word=_("公示中"), tone=c.Tone.INFO),
        facts=(c.Fact(name=_("文号"), value="云汀市监罚〔2026〕118号"), c.Fact(name=_("罚款"), value="2,000.00 元")),
        written_by=_("云汀市市场监督管理局"),
        written_on=date(2026, 6, 2),
        source_link=c.Link(text=_("查看这一行的来源"), url="#record"),
        allowed_because=_("目录条目“行政处罚”，依据《行政处罚法》第四十八条。"),
        basis_link=c.Link(text=_("查看目录条目"), url="#record"),
        seen_by=_("所有人可以在“信用公示”看到，身份证件号码不公开。"),
        seen_link=c.Link(text=_("谁看过这一条：3 次"), url="#looks"),
        lifetime=c.Lifetime(starts_on=today - timedelta(days=174), ends_on=today + timedelta(days=192), today=today),
        ends_note=_("到期自动停止公示，您不需要申请，也不需要交费。"),
        actions=actions,
    )
    marked = c.RecordLine(
        kind=_("信用承诺"),
        title=_("食品经营告知承诺"),
        state=c.State(word=_("在核查"), tone=c.Tone.TODO),
        mark=c.State(word=_("有异议"), tone=c.Tone.TODO),
        written_by=_("云汀市行政审批局"),
        allowed_because=_("目录条目“信用承诺”。"),
        seen_by=_("您本人和受理机关。"),
        lifetime=c.Lifetime(starts_on=today, ends_on=None, today=today),
        actions=(),
    )
    return running, marked


def states() -> tuple[c.State, ...]:
    """Return a state of every tone."""
    words = (_("一般"), _("公示中"), _("待办"), _("已入库"), _("已停止公示"), _("已超期"))
    return tuple(c.State(word=word, tone=tone) for word, tone in zip(words, c.Tone, strict=True))


def facts() -> tuple[c.Fact, ...]:
    """Return a summary list."""
    return (
        c.Fact(name=_("名称"), value="云汀青禾食品有限公司"),
        c.Fact(name=_("统一社会信用代码"), value="91390100MA0000015M"),
        c.Fact(name=_("法定代表人"), value="闵*", hint=_("公开页面只显示姓氏。")),
        c.Fact(name=_("登记状态"), value="", state=c.State(word=_("存续"), tone=c.Tone.DONE)),
        c.Fact(name=_("联系方式"), value=_("没有登记"), link=c.Link(text=_("补充"), url="#facts")),
    )


def table(today: date) -> c.Table:
    """Return a table with a state, a hint, an error and a pager."""
    columns = (
        c.Column(title=_("处罚事由"), sort_url="/ui?sort=title"),
        c.Column(title=_("决定日期"), sort_url="/ui?sort=on", sorted="descending"),
        c.Column(title=_("罚款（元）"), numeric=True),
        c.Column(title=_("状态")),
    )
    rows = (
        (
            c.Cell(value=_("未按规定明码标价"), url="/ui", hint="云汀市监罚〔2026〕118号"),
            c.Cell(value="2026-06-02"),
            c.Cell(value="2,000.00"),
            c.Cell(state=c.State(word=_("公示中"), tone=c.Tone.INFO)),
        ),
        (
            c.Cell(value=_("未按期公示年度报告"), url="/ui", hint="云汀市监罚〔2025〕77号"),
            c.Cell(value="2025-03-01", error=_("早于违法行为结束日期，请核对原件（U-DATE-11）")),
            c.Cell(value="800.00"),
            c.Cell(state=c.State(word=_("已停止公示"), tone=c.Tone.ENDED)),
        ),
    )
    pager = c.Pager(first=21, last=40, total=1204, previous_url="/ui?page=1", next_url="/ui?page=3")
    return c.Table(
        caption=_("行政处罚"), columns=columns, rows=rows, pager=pager, source=_("各市县行政机关"), as_of=today
    )


def empty_table() -> c.Table:
    """Return a table without rows."""
    empty = c.Empty(
        title=_("没有行政处罚记录"),
        meaning=_("这表示截至今天，目录内各部门没有上报；不是对您的评价。"),
        would_appear=_("有部门上报时，会先通知您，再出现在这里。"),
        link=c.Link(text=_("哪些部门会上报"), url="#table"),
    )
    return c.Table(caption=_("行政处罚"), columns=(c.Column(title=_("处罚事由")),), rows=(), empty=empty)


def filed() -> tuple[tuple[str, int, int], ...]:
    """Return what departments filed: name, rows accepted, rows filed."""
    return (
        (_("市场监管"), 11_802, 12_044),
        (_("生态环境"), 3_310, 3_402),
        (_("交通运输"), 2_905, 3_118),
        (_("文化和旅游"), 611, 702),
    )


def figures() -> tuple[c.Figure, ...]:
    """Return three figures."""
    return (
        c.Figure(label=_("本月入库"), value=18_628, unit=_("条"), out_of=19_266, url="#figures"),
        c.Figure(label=_("入库率"), value="96.7%", note=_("比上月高 0.4 个百分点")),
        c.Figure(label=_("疑问数据"), value=638, unit=_("条"), note=_("其中 41 条超过 5 个工作日"), url="#figures"),
    )


def bars() -> tuple[c.Bar, ...]:
    """Return one bar per department."""
    return tuple(
        c.Bar(label=name, value=ok, out_of=all_, shown=f"{100 * ok / all_:.1f}%", url="#figures")
        for name, ok, all_ in filed()
    )


def strip() -> c.Strip:
    """Return a strip of looks, two bodies over a year."""
    lanes = (
        c.Lane(label=_("市场监管"), marks=(3, 41.5, 42.5, 88), strong=(63,), shown="5", url="#figures"),
        c.Lane(label=_("交通运输"), marks=(12, 77), shown="2"),
    )
    rows = [[c.Cell(value=lane.label), c.Cell(value=lane.shown)] for lane in lanes]
    columns = (c.Column(title=_("部门")), c.Column(title=_("次数"), numeric=True))
    table = c.Table(caption=_("查询次数"), columns=columns, rows=rows)
    ends = {"starts": "2025-12", "ends": "2026-11"}
    return c.Strip(title=_("什么时候查询过"), lanes=lanes, table=table, legend=_("高的一道是被拒绝的查询。"), **ends)


def chart() -> c.Chart:
    """Return a chart with the table that says the same."""
    departments = filed()
    option = {
        "legend": {"top": 0, "left": 0},
        "xAxis": {"type": "category", "data": [name for name, _ok, _all in departments]},
        "yAxis": {"type": "value"},
        "series": [
            {"name": _("上报（条）"), "type": "bar", "data": [all_ for _name, _ok, all_ in departments]},
            {"name": _("入库（条）"), "type": "bar", "data": [ok for _name, ok, _all in departments]},
        ],
    }
    return c.Chart(
        id="accepted",
        title=_("各部门上报与入库"),
        summary=_("四个部门共上报 19,266 条，入库 18,628 条。"),
        option=option,
        table=filed_table(),
    )


def filed_table() -> c.Table:
    """Return the figures of the chart as a table."""
    return c.Table(
        caption=_("各部门入库情况"),
        columns=(
            c.Column(title=_("部门")),
            c.Column(title=_("上报（条）"), numeric=True),
            c.Column(title=_("入库（条）"), numeric=True),
        ),
        rows=[[c.Cell(value=name), c.Cell(value=f"{all_:,}"), c.Cell(value=f"{ok:,}")] for name, ok, all_ in filed()],
        source=_("上报批次"),
        as_of=date(2026, 11, 22),
    )


def steps() -> tuple[c.Step, ...]:
    """Return the course of a case."""
    return (
        c.Step(title=_("您提出异议"), when=AT - timedelta(days=3), who=_("本人，网上提交")),
        c.Step(title=_("这一条已经标注“有异议”"), when=AT - timedelta(days=3), text=_("所有查询结果同时显示标注。")),
        c.Step(
            title=_("正在核查"),
            progress=c.Progress.NOW,
            who=_("云汀市市场监督管理局信用科"),
            text=_("最迟 2026 年 11 月 27 日答复。"),
            link=c.Link(text=_("补充材料"), url="#timeline"),
        ),
        c.Step(title=_("答复并通知您"), progress=c.Progress.LATER, when=date(2026, 11, 27), provisional=True),
    )


def looks() -> tuple[c.AuditLine, ...]:
    """Return who looked."""
    return (
        c.AuditLine(at=AT, who=_("您本人"), what=_("查看了信用档案")),
        c.AuditLine(
            at=AT - timedelta(hours=20),
            who=_("云汀市住房和城乡建设局"),
            what=_("查询了“行政处罚”"),
            purpose=_("施工许可审查"),
            outcome=c.State(word=_("已提供"), tone=c.Tone.DONE),
        ),
        c.AuditLine(
            at=AT - timedelta(days=9),
            who=_("云汀测试银行"),
            what=_("请求查询“信用承诺”"),
            purpose=_("贷款审查"),
            outcome=c.State(word=_("没有授权，没有提供"), tone=c.Tone.ENDED),
            link=c.Link(text=_("查看这次请求"), url="#looks"),
        ),
    )


def tasks() -> tuple[c.Task, ...]:
    """Return a task list."""
    return (
        c.Task(title=_("核对主体信息"), url="#tasks", state=c.State(word=_("已完成"), tone=c.Tone.DONE)),
        c.Task(
            title=_("上传履行证明"),
            url="#tasks",
            state=c.State(word=_("待办"), tone=c.Tone.TODO),
            hint=_("照片或者 PDF 都可以。"),
            due=c.KeyDate(label=_("补正期限"), on=date(2026, 12, 4), legal=True),
        ),
        c.Task(title=_("确认并提交"), url="#tasks", state=c.State(word=_("尚未开始"))),
    )


def form_steps() -> tuple[c.Step, ...]:
    """Return the steps of a form."""
    return (
        c.Step(title=_("选择目录条目"), link=c.Link(text="", url="#form")),
        c.Step(title=_("填写内容"), progress=c.Progress.NOW),
        c.Step(title=_("核对"), progress=c.Progress.LATER),
    )
