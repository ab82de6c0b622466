"""Turn the lineage of a line into what its pages hand to the parts of the ui."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.access import facade as access
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import Words
from chengxin.intake.contracts import Batch, Origin
from chengxin.intake.display import item_title, state_of
from chengxin.intake.source_display import body_title, channel_word, officer_word
from chengxin.records.contracts import Filed
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Page,
    Pager,
    State,
    Step,
    Table,
    Tone,
    moment,
    reads_english,
)


def batch_lineage_page(batch: Batch) -> Page:
    """Return the head of the lineage of a batch."""
    return Page(
        title=batch.number,
        eyebrow=_("数据血缘"),
        lead=_("这个文件由谁在什么时候交来、谁批准入库，每一行成了哪一条记录。"),
        states=(state_of(batch),),
        crumbs=(*_path(batch), Crumb(text=batch.number)),
        wide=True,
    )


def row_page(origin: Origin) -> Page:
    """Return the head of the lineage of one line."""
    batch = origin.batch
    here = Crumb(text=batch.number, url=reverse("lineage_batch", args=[batch.id]))
    return Page(
        title=_("%(batch)s 第%(row)s行") % {"batch": batch.number, "row": origin.row},
        eyebrow=_("数据血缘"),
        lead=_("记录的每个数据项都来自下面这个文件的这一行。这里不显示记录的内容。"),
        crumbs=(*_path(batch), here, Crumb(text=_("第%(row)s行") % {"row": origin.row})),
    )


def origin_facts(batch: Batch, channel: str, *, row: int | None = None) -> list[Fact]:
    """Return batch, file, line, who handed in, who approved, when, and the receipt."""
    facts = [
        Fact(name=_("批次"), value=batch.number),
        Fact(name=_("目录条目"), value=item_title(batch.item_code, batch.item_version)),
        Fact(name=_("报送单位"), value=body_title(access.get_body(batch.body))),
        Fact(name=_("文件"), value=batch.file_name),
        Fact(name=_("行号"), value=row) if row is not None else None,
        Fact(name=_("渠道"), value=channel_word(channel)),
        Fact(name=_("报送人"), value=officer_word(batch.uploaded_by), hint=moment(batch.uploaded_at)),
    ]
    if batch.accepted_at is not None:
        facts.append(Fact(name=_("审批人"), value=officer_word(batch.approved_by), hint=moment(batch.accepted_at)))
    if batch.receipt_id is not None:
        facts.append(Fact(name=_("回执号"), value=str(batch.receipt_id)))
    return [fact for fact in facts if fact is not None]


def became_steps(origin: Origin) -> list[Step]:
    """Return how the line became a record: handed in, corrected by hand, accepted, followed by a newer version."""
    batch = origin.batch
    item = catalogue.get_item_version(batch.item_code, version=batch.item_version)
    titles = {field.name: field.title for field in item.fields}
    steps = [Step(title=_("交来文件"), when=batch.uploaded_at, who=officer_word(batch.uploaded_by))]
    for cell in origin.mended:
        title = _("在页面上改正了“%(field)s”") % {"field": _said(titles.get(cell.field), cell.field)}
        steps.append(Step(title=title, when=cell.at, who=officer_word(cell.by), text=_("入库的是改正后的内容。")))
    for one in origin.became:
        title = _("入库，成为记录的第%(n)s版") % {"n": one.version}
        number = _("记录编号：%(id)s") % {"id": one.record_id}
        steps.append(Step(title=title, when=one.accepted_at, who=officer_word(batch.approved_by), text=number))
        if one.superseded_at is not None:
            steps.append(Step(title=_("被更新的版本取代"), when=one.superseded_at))
    return steps


def filed_table(batch: Batch, found: Sequence[Filed], *, pager: Pager) -> Table:
    """Return what each line of a batch became, with the way to its lineage."""
    return Table(
        caption=_("入库的行"),
        caption_hidden=True,
        columns=(
            Column(title=_("行号")),
            Column(title=_("记录编号")),
            Column(title=_("版本"), numeric=True),
            Column(title=_("状态")),
        ),
        rows=[
            (
                Cell(
                    value=_("第%(row)s行") % {"row": one.row_number},
                    url=reverse("lineage_row", args=[batch.id, one.row_number]),
                ),
                Cell(value=str(one.record_id)),
                Cell(value=one.version),
                Cell(state=_standing(one)),
            )
            for one in found
        ],
        empty=Empty(title=_("没有一行入库"), meaning=_("批次还没有批准，或者每一行都有疑问或者与库中已有的相同。")),
        pager=pager,
    )


def _standing(one: Filed) -> State:
    if one.superseded_at is not None:
        return State(word=_("已被取代"), tone=Tone.ENDED)
    return State(word=_("现行版本"), tone=Tone.DONE)


def _said(title: Words | None, otherwise: str) -> str:
    if title is None:
        return otherwise
    return title.en if reads_english() else title.zh


def _path(batch: Batch) -> tuple[Crumb, ...]:
    body = access.get_body(batch.body)
    return (
        Crumb(text=_("工作台"), url=reverse("casework_inbox")),
        Crumb(text=body_title(body), url=reverse("office_source", args=[body.code])),
    )
