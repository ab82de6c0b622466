"""Turn public records into what the public pages hand to the parts of the ui."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from chengxin.access import facade as access
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import FieldUse, ItemVersion, Words
from chengxin.kernel.clock import legal_day, now
from chengxin.records.contracts import Record
from chengxin.subjects import facade as subjects
from chengxin.subjects.contracts import Operator
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Figure,
    Page,
    Pager,
    State,
    Table,
    Task,
    Tone,
    day,
    reads_english,
)


def words(both: Words) -> str:
    """Return a text of the catalogue in the reader's language."""
    return both.en if reads_english() else both.zh


def home_page() -> Page:
    """Return the head of the home page; its search box brings the heading."""
    return Page(title=_("公共信用信息"), heading_hidden=True, wide=True)


def home_figures(*, total: int, began: int, ended: int) -> list[Figure]:
    """Return what is public now and what moved today."""
    return [
        Figure(label=_("正在公示"), value=total, unit=_("条"), url=reverse("publicity")),
        Figure(label=_("今日公示"), value=began, unit=_("条")),
        Figure(label=_("今日到期或撤下"), value=ended, unit=_("条"), note=_("到期自动下线，不用申请。")),
    ]


def home_tasks() -> list[Task]:
    """Return what people come for."""
    return [
        Task(
            title=_("查我的信用"),
            url=_address("archive", otherwise="account_login"),
            state=State(word=_("免费，次数不限"), tone=Tone.INFO),
            hint=_("看有哪些信息、谁写的、到哪天为止、谁看过。"),
        ),
        Task(
            title=_("查企业和个体工商户"),
            url=reverse("search"),
            state=State(word=_("不用登录"), tone=Tone.INFO),
            hint=_("按名称、统一社会信用代码或文书号查询。"),
        ),
        Task(
            title=_("看目录里可以收录什么"),
            url=reverse("catalogue"),
            state=State(word=_("不用登录"), tone=Tone.INFO),
            hint=_("每一条都写明法律依据、公开属性和期限。"),
        ),
        Task(
            title=_("看依据哪些法律和政策"),
            url=reverse("policies"),
            state=State(word=_("不用登录"), tone=Tone.INFO),
            hint=_("每一条依据用在哪里，两个实施意见做成了哪些。"),
        ),
    ]


def search_page(text: str) -> Page:
    """Return the head of the search page; the query is not in the title, because titles are kept in histories."""
    return Page(
        title=_("信用查询"),
        lead="" if text else _("可以输入名称、统一社会信用代码，或文书号里的几个字。"),
        crumbs=_crumbs(_("信用查询")),
        wide=True,
    )


def operators_table(found: Sequence[Operator]) -> Table:
    """Return the operators a search found."""
    return Table(
        caption=_("企业和个体工商户"),
        columns=(Column(title=_("名称")), Column(title=_("代码"))),
        rows=[
            (
                Cell(value=operator.name, url=subject_address(operator.uscc), hint=_former(operator)),
                Cell(value=operator.uscc),
            )
            for operator in found
        ],
        empty=Empty(
            title=_("没有匹配的企业"),
            meaning=_("名称相同不等于同一家，请用统一社会信用代码再查。自然人的信息不公开查询。"),
        ),
    )


def _former(operator: Operator) -> str:
    return _("曾用名：%s") % _("、").join(operator.former_names) if operator.former_names else ""


def names_of(found: Sequence[Record]) -> dict[UUID, Operator]:
    """Return the operators that records are about."""
    return subjects.operators_of(sorted({record.subject_id for record in found}))


def records_table(found: Sequence[Record], *, names: Mapping[UUID, Operator], pager: Pager | None = None) -> Table:
    """Return public records, each with whose it is, its number, body and last public day."""
    return Table(
        caption=_("公示的记录"),
        columns=(
            Column(title=_("主体")),
            Column(title=_("文书号")),
            Column(title=_("事项")),
            Column(title=_("决定日期")),
            Column(title=_("公示到")),
        ),
        rows=[_row(record, names.get(record.subject_id)) for record in found],
        empty=Empty(
            title=_("没有公示的记录"),
            meaning=_("这表示截至今天，目录内各部门没有应当公示的记录，或者公示期已满。"),
        ),
        pager=pager,
        source=_("各报送单位"),
        as_of=legal_day(now()),
    )


def _row(record: Record, operator: Operator | None) -> tuple[Cell, ...]:
    item = catalogue.get_item_version(record.item_code, version=record.item_version)
    body = access.find_body(record.body)
    last = _last_day(record.publicity_ends_on)
    return (
        Cell(value=operator.name if operator else "", url=subject_address(operator.uscc) if operator else ""),
        Cell(value=_text_of(record, item, FieldUse.DOCUMENT_NO) or _("无文书号"), hint=body.name_zh if body else ""),
        Cell(value=_text_of(record, item, FieldUse.TITLE) or words(item.title)),
        Cell(value=day(record.determined_on) if record.determined_on else ""),
        Cell(
            value=last,
            state=State(word=_("有异议"), tone=Tone.TODO) if any(m.kind == "objection" for m in record.marks) else None,
        ),
    )


def _text_of(record: Record, item: ItemVersion, use: FieldUse) -> str:
    field = item.field_for(use)
    return str(record.content.get(field.name, "")) if field is not None and field.public else ""


def _last_day(ends_on: date | None) -> str:
    return day(date.fromordinal(ends_on.toordinal() - 1)) if ends_on else _("没有截止日期")


def publicity_page() -> Page:
    """Return the head of the list of kinds."""
    return Page(
        title=_("信用公示"),
        lead=_("依法公示的信息。自然人的信息默认不公示；期满自动下线。"),
        crumbs=_crumbs(_("信用公示")),
        wide=True,
    )


def publicity_table(counts: Mapping[str, int]) -> Table:
    """Return the kinds of public information with how many records each has."""
    on = legal_day(now())
    items = [item for code in counts if (item := catalogue.find_item(code, on=on))]
    return Table(
        caption=_("公示的种类"),
        caption_hidden=True,
        columns=(Column(title=_("种类")), Column(title=_("条数"), numeric=True)),
        rows=[
            (
                Cell(value=words(item.title), url=reverse("publicity_list", args=[item.code])),
                Cell(value=counts[item.code]),
            )
            for item in sorted(items, key=lambda item: -counts[item.code])
        ],
        empty=Empty(title=_("现在没有公示"), meaning=_("这表示截至今天没有应当公示的记录。")),
    )


def list_page(item: ItemVersion) -> Page:
    """Return the head of one publicity list, with the way to why it is public."""
    return Page(
        title=words(item.title),
        lead=words(item.summary),
        crumbs=(*_crumbs(_("信用公示"), url=reverse("publicity")), Crumb(text=words(item.title))),
        wide=True,
    )


def glossary_page() -> Page:
    """Return the head of the glossary."""
    return Page(title=_("词汇"), lead=_("平台上的用语是什么意思。"), crumbs=_crumbs(_("词汇")))


def help_head() -> Page:
    """Return the head of the help page."""
    return Page(title=_("帮助"), lead=_("大家最常问的几件事。"), crumbs=_crumbs(_("帮助")))


def subject_address(uscc: str) -> str:
    """Return the address of an operator's page, or nothing while that page is not installed."""
    try:
        return reverse("subject", args=[uscc])
    except NoReverseMatch:
        return ""


def _address(name: str, *, otherwise: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return reverse(otherwise)


def _crumbs(text: str, *, url: str = "") -> tuple[Crumb, ...]:
    return (Crumb(text=_("首页"), url=reverse("home")), Crumb(text=text, url=url))
