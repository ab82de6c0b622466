"""Turn sources and lineage into what pages hand to the parts of the ui."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.access import facade as access
from chengxin.access.contracts import Body
from chengxin.catalogue import facade as catalogue
from chengxin.intake.contracts import Batch, Source, Supply
from chengxin.intake.display import item_title, state_of
from chengxin.kernel.clock import legal_day, now
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Figure,
    Link,
    Page,
    Pager,
    Table,
    day,
    moment,
    reads_english,
    share,
)


def body_title(body: Body) -> str:
    """Return the name of a body in the reader's language."""
    return body.name_en if reads_english() and body.name_en else body.name_zh


def sources_page() -> Page:
    """Return the head of the register."""
    return Page(
        title=_("来源登记"),
        lead=_("谁可以报送哪些条目、从哪天起、走哪些渠道，过去一年报得怎么样。"),
        crumbs=(_home(), Crumb(text=_("来源登记"))),
        wide=True,
    )


def sources_figures(found: Sequence[Source]) -> list[Figure]:
    """Return how many bodies may file, how many did, and how well all of them together."""
    active = [source for source in found if source.total.batches]
    rows = sum(source.total.rows for source in found)
    accepted = sum(source.total.accepted for source in found)
    late = sum(source.total.late for source in found)
    return [
        Figure(label=_("过去一年报送过的单位"), value=len(active), out_of=len(found)),
        Figure(label=_("入库率"), value=share(accepted, rows), out_of=rows),
        Figure(label=_("及时率"), value=share(accepted - late, accepted), out_of=accepted),
    ]


def sources_table(found: Sequence[Source], *, pager: Pager) -> Table:
    """Return the register: a line per body."""
    return Table(
        caption=_("来源登记"),
        caption_hidden=True,
        columns=(
            Column(title=_("报送单位")),
            Column(title=_("可以报送的条目"), numeric=True),
            Column(title=_("渠道")),
            Column(title=_("最近一批")),
            *_supply_columns(),
        ),
        rows=[
            (
                Cell(
                    value=body_title(source.body),
                    url=reverse("office_source", args=[source.body.code]),
                    hint=_level(source.body.level),
                ),
                Cell(value=len(source.rights)),
                Cell(value=doors(source)),
                *_supply_cells(source.total),
            )
            for source in found
        ],
        empty=Empty(
            title=_("没有来源单位"),
            meaning=_("这表示本地区还没有单位登记报送职责，或者没有符合条件的单位。"),
        ),
        pager=pager,
    )


def doors(source: Source) -> str:
    """Return the doors open to a body; a program only pushes, the platform fetches from nobody yet."""
    said = {"page": _("页面上传"), "api": _("接口推送")}
    return _("、").join(word for door, word in said.items() if door in source.doors) or _("没有开通")


def source_page(source: Source) -> Page:
    """Return the head of one source."""
    return Page(
        title=body_title(source.body),
        eyebrow=_("报送单位"),
        crumbs=(_home(), _register(), Crumb(text=body_title(source.body))),
        wide=True,
    )


def source_facts(source: Source, *, on: date) -> list[Fact]:
    """Return what is registered of a body and by which doors it files."""
    body, total = source.body, source.total
    programs = [
        client.name for client in access.list_clients(body.code) if client.is_active and "batch.upload" in client.scopes
    ]
    facts = [
        Fact(name=_("单位代码"), value=body.code),
        Fact(name=_("层级"), value=_level(body.level)),
        Fact(name=_("开通的渠道"), value=doors(source)),
    ]
    if programs:
        facts.append(Fact(name=_("登记的程序"), value=_("、").join(programs)))
    if total.channels:
        used = _("、").join(channel_word(one) for one in sorted(total.channels))
        facts.append(Fact(name=_("过去一年用过的渠道"), value=used))
    facts.append(Fact(name=_("统计到"), value=day(on)))
    return facts


def _level(level: str) -> str:
    """Return how high a body stands, in words."""
    return {"province": _("省级"), "city": _("市级"), "county": _("县级")}.get(level, level)


def supply_figures(supply: Supply) -> list[Figure]:
    """Return what came in, each number with what it is out of."""
    return [
        Figure(label=_("批次"), value=supply.batches),
        Figure(label=_("入库"), value=supply.accepted, out_of=supply.rows),
        Figure(label=_("疑问数据"), value=supply.questioned, out_of=supply.rows),
        Figure(label=_("及时率"), value=share(supply.accepted - supply.late, supply.accepted), out_of=supply.accepted),
    ]


def items_table(source: Source, *, on: date) -> Table:
    """Return the items a body may file, since when, how it files them, and who sees them."""
    rows = []
    for right in source.rights:
        item = catalogue.find_item(right.item_code, on=on)
        title = item_title(item.code, item.version) if item else right.item_code
        scope = catalogue.modes_of(item) if item else "—"
        url = reverse("office_source_item", args=[source.body.code, right.item_code]) if item else ""
        rows.append(
            (
                Cell(value=title, url=url, hint=_("自%(day)s起") % {"day": day(right.starts_on)}),
                Cell(value=scope),
                *_supply_cells(source.of(right.item_code)),
            )
        )
    return Table(
        caption=_("可以报送的条目"),
        caption_hidden=True,
        columns=(
            Column(title=_("目录条目")),
            Column(title=_("公开属性")),
            Column(title=_("最近一批")),
            *_supply_columns(),
        ),
        rows=rows,
        empty=Empty(title=_("没有报送职责"), meaning=_("这个单位今天没有可以报送的条目。")),
    )


def filings_table(found: Sequence[Batch], *, pager: Pager) -> Table:
    """Return the batches of a body with the way to what each line became."""
    return Table(
        caption=_("批次"),
        caption_hidden=True,
        columns=(
            Column(title=_("批次")),
            Column(title=_("目录条目")),
            Column(title=_("上传时间")),
            Column(title=_("行数"), numeric=True),
            Column(title=_("疑问"), numeric=True),
            Column(title=_("状态")),
        ),
        rows=[
            (
                Cell(value=batch.number, url=reverse("lineage_batch", args=[batch.id]), hint=batch.file_name),
                Cell(value=item_title(batch.item_code, batch.item_version)),
                Cell(value=moment(batch.uploaded_at)),
                Cell(value=batch.rows),
                Cell(value=batch.questioned),
                Cell(state=state_of(batch)),
            )
            for batch in found
        ],
        empty=Empty(title=_("还没有批次"), meaning=_("这个单位还没有上传过文件。")),
        pager=pager,
    )


def item_scope_page(source: Source, item_code: str, *, on: date) -> Page:
    """Return the head of one item of a source."""
    item = catalogue.get_item(item_code, on=on)
    title = item_title(item.code, item.version)
    name = body_title(source.body)
    here = Crumb(text=name, url=reverse("office_source", args=[source.body.code]))
    return Page(title=title, eyebrow=name, crumbs=(_home(), _register(), here, Crumb(text=title)), wide=True)


def item_scope_facts(source: Source, item_code: str, *, on: date) -> list[Fact]:
    """Return since when a body may file an item, when it last did, and how far the item may go."""
    right = next(right for right in source.rights if right.item_code == item_code)
    item = catalogue.get_item(item_code, on=on)
    last = source.of(item_code).last_at
    where = Link(text=_("查看目录条目"), url=reverse("catalogue_item", args=[item_code]))
    facts = [
        Fact(name=_("可以报送"), value=_("自%(day)s起") % {"day": day(right.starts_on)}),
        Fact(name=_("最近一批"), value=moment(last) if last else _("过去一年没有")),
        Fact(name=_("公开属性"), value=catalogue.modes_of(item)),
        Fact(name=_("共享范围"), value=item.share_scope.en if reads_english() else item.share_scope.zh, link=where),
    ]
    if right.ends_on is not None:
        facts.insert(1, Fact(name=_("职责终止"), value=day(right.ends_on)))
    return facts


def scope_table(item_code: str, *, on: date) -> Table:
    """Return which door lets which field of an item out."""
    return catalogue.sharing_table(catalogue.get_item(item_code, on=on))


def channel_word(channel: str) -> str:
    """Return a door of collection in words."""
    return {"page": _("页面上传"), "api": _("接口推送"), "command": _("命令行")}.get(channel, channel)


def officer_word(key: str) -> str:
    """Return who did something as an overseer may know it: the account's user name or the program, no person's data."""
    kind, _colon, number = key.partition(":")
    if kind == "account":
        account = access.find_account_by_id(UUID(number), on=legal_day(now()))
        return account.username if account else number
    if kind == "client":
        client = access.find_client(UUID(number))
        return _("程序“%(name)s”") % {"name": client.name} if client else number
    return _("平台")


def _supply_columns() -> tuple[Column, ...]:
    return (
        Column(title=_("入库"), numeric=True),
        Column(title=_("疑问"), numeric=True),
        Column(title=_("及时率"), numeric=True),
    )


def _supply_cells(supply: Supply) -> tuple[Cell, ...]:
    return (
        Cell(value=moment(supply.last_at) if supply.last_at else _("过去一年没有")),
        Cell(value=supply.accepted, hint=_("共%(rows)s行") % {"rows": supply.rows} if supply.rows else ""),
        Cell(value=supply.questioned),
        Cell(value=share(supply.accepted - supply.late, supply.accepted)),
    )


def _home() -> Crumb:
    return Crumb(text=_("工作台"), url=reverse("casework_inbox"))


def _register() -> Crumb:
    return Crumb(text=_("来源登记"), url=reverse("office_sources"))
