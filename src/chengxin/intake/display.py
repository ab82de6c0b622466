"""Turn batches into what pages hand to the parts of the ui."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.facade import body_name
from chengxin.catalogue import facade as catalogue
from chengxin.intake.contracts import Batch, BatchState, Quality
from chengxin.intake.forms import FixForm
from chengxin.intake.issues import explain, summary
from chengxin.intake.returned_sheet import QuestionedLine
from chengxin.kernel.actor import Role
from chengxin.records.contracts import Unanswered
from chengxin.ui.facade import (
    Bar,
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Figure,
    Link,
    Page,
    Pager,
    State,
    Table,
    Tone,
    aside,
    file_size,
    moment,
    reads_english,
    share,
)

CLERK, APPROVER = Role.CLERK, Role.APPROVER


@dataclass(frozen=True, kw_only=True)
class CellToFix:
    """One questioned cell with the form that corrects it."""

    title: str
    value: str
    code: str
    what: str
    next_step: str
    basis: str
    form: FixForm


@dataclass(frozen=True, kw_only=True)
class LineToFix:
    """One questioned row: its line, the name it carries, its cells to fix."""

    row: int
    cells: tuple[CellToFix, ...]


def state_of(batch: Batch) -> State:
    """Return where a batch stands, in a word."""
    return {
        BatchState.VALIDATED: State(word=_("待提交"), tone=Tone.TODO),
        BatchState.SUBMITTED: State(word=_("待审批"), tone=Tone.TODO),
        BatchState.ACCEPTED: State(word=_("已入库"), tone=Tone.DONE),
        BatchState.RETURNED: State(word=_("已退回"), tone=Tone.ENDED),
    }[batch.state]


def item_title(code: str, version: int) -> str:
    """Return the title of a catalogue item in the reader's language."""
    title = catalogue.get_item_version(code, version=version).title
    return title.en if reads_english() else title.zh


def batches_page() -> Page:
    """Return the head of the list of batches."""
    return Page(title=_("上报批次"), lead=_("本单位上传的文件，新的在前。"), crumbs=_crumbs(_("上报批次")), wide=True)


def batches_table(found: Sequence[Batch], *, pager: Pager) -> Table:
    """Return the list of batches."""
    return Table(
        caption=_("上报批次"),
        caption_hidden=True,
        columns=(
            Column(title=_("批次")),
            Column(title=_("目录条目")),
            Column(title=_("行数"), numeric=True),
            Column(title=_("疑问"), numeric=True),
            Column(title=_("上传时间")),
            Column(title=_("状态")),
        ),
        rows=[
            (
                Cell(value=batch.number, url=reverse("intake_batch", args=[batch.id]), hint=batch.file_name),
                Cell(value=item_title(batch.item_code, batch.item_version)),
                Cell(value=batch.rows),
                Cell(value=batch.questioned),
                Cell(value=moment(batch.uploaded_at)),
                Cell(state=state_of(batch)),
            )
            for batch in found
        ],
        empty=Empty(
            title=_("还没有批次"),
            meaning=_("这表示本单位还没有上传过文件。"),
            would_appear=_("上传以后，每个文件的检查结果会显示在这里。"),
            link=Link(text=_("上传文件"), url=reverse("intake_upload"), strong=True),
        ),
        pager=pager,
    )


def upload_page(*, problems: bool) -> Page:
    """Return the head of the upload page."""
    return Page(
        title=_("上传文件"),
        lead=_("选择目录条目和文件。平台逐行检查，并告诉您哪里要改。"),
        crumbs=_crumbs(_("上传文件")),
        problems=problems,
    )


def batch_page(batch: Batch, *, problems: bool = False) -> Page:
    """Return the head of one batch."""
    return Page(
        title=batch.number,
        eyebrow=item_title(batch.item_code, batch.item_version),
        states=(state_of(batch),),
        crumbs=(*_crumbs(_("上报批次"), url=reverse("intake_batches")), Crumb(text=batch.number)),
        wide=True,
        problems=problems,
    )


def batch_facts(batch: Batch) -> list[Fact]:
    """Return what is known of the file."""
    facts = [
        Fact(name=_("文件"), value=batch.file_name + aside(f"{file_size(batch.size)} · {batch.encoding.upper()}")),
        Fact(name=_("上传时间"), value=moment(batch.uploaded_at)),
    ]
    if batch.formula_cells:
        said = _("表里有公式（%(cells)s 等），读取的是保存时的结果；请核对这些单元格。")
        facts.append(Fact(name=_("公式"), value=said % {"cells": batch.formula_cells}))
    if batch.accepted_at is not None:
        facts.append(Fact(name=_("入库时间"), value=moment(batch.accepted_at)))
    if batch.receipt_id is not None:
        facts.append(Fact(name=_("回执号"), value=str(batch.receipt_id)))
    if batch.returned_because:
        facts.append(Fact(name=_("退回理由"), value=batch.returned_because))
    return facts


def batch_figures(batch: Batch, *, change: Mapping[str, int] | None) -> list[Figure]:
    """Return the counts of a batch, each with what it is out of."""
    questioned = reverse("intake_questioned", args=[batch.id]) if batch.questioned else ""
    figures = [
        Figure(label=_("通过检查"), value=batch.good, out_of=batch.rows),
        Figure(label=_("疑问数据"), value=batch.questioned, out_of=batch.rows, url=questioned),
    ]
    if change is not None:
        figures.append(Figure(label=_("将新增"), value=change["new"], out_of=batch.good))
        figures.append(Figure(label=_("库中已有（重复或更正）"), value=change["standing"], out_of=batch.good))
    if batch.state is BatchState.ACCEPTED:
        written = batch.accepted + batch.corrected
        figures += [
            Figure(label=_("入库"), value=batch.accepted, out_of=batch.good),
            Figure(label=_("更正"), value=batch.corrected, out_of=batch.good),
            Figure(label=_("重复"), value=batch.repeated, out_of=batch.good),
            Figure(label=_("待核身份"), value=batch.held, out_of=batch.good),
            Figure(label=_("关联到已有主体"), value=batch.linked, out_of=written),
            Figure(label=_("已公示"), value=batch.published, out_of=written),
            Figure(label=_("超过法定报送期限"), value=batch.late, out_of=written),
        ]
    return figures


def issues_table(batch: Batch, issues: Sequence[tuple[str, int]]) -> Table | None:
    """Return what is wrong in a batch, by kind, the most frequent first; None when nothing is."""
    if not issues:
        return None
    item = catalogue.get_item_version(batch.item_code, version=batch.item_version)
    language = _language()
    said = [
        (summary(code, language=language, item=item), explain(0, "", code, item=item, language=language), times)
        for code, times in issues
    ]
    return Table(
        caption=_("疑问的种类"),
        columns=(Column(title=_("问题")), Column(title=_("怎么改")), Column(title=_("次数"), numeric=True)),
        rows=[
            (Cell(value=what, hint=issue.code), Cell(value=issue.next_step or "—"), Cell(value=times))
            for what, issue, times in said
        ],
    )


def samples_table(batch: Batch, samples: Sequence[Mapping[str, str]]) -> Table | None:
    """Return a few rows as the approver sees them: numbers of persons are struck out."""
    if not samples:
        return None
    item = catalogue.get_item_version(batch.item_code, version=batch.item_version)
    shown = [field for field in item.fields if field.name in samples[0]][:6]
    return Table(
        caption=_("抽样"),
        columns=tuple(Column(title=item_word(field.title.zh, field.title.en)) for field in shown),
        rows=[tuple(Cell(value=sample[field.name]) for field in shown) for sample in samples],
    )


def item_word(zh: str, en: str) -> str:
    """Return a word of the catalogue in the reader's language."""
    return en if reads_english() else zh


def questioned_page(batch: Batch) -> Page:
    """Return the head of the questioned rows."""
    return Page(
        title=_("疑问数据"),
        lead=_("逐格改正，或者下载带红色说明列的表格，改好以后重新上传。"),
        eyebrow=batch.number,
        crumbs=(
            *_crumbs(_("上报批次"), url=reverse("intake_batches")),
            Crumb(text=batch.number, url=reverse("intake_batch", args=[batch.id])),
            Crumb(text=_("疑问数据")),
        ),
    )


def questioned_lines(lines: Sequence[QuestionedLine]) -> list[LineToFix]:
    """Return the rows to fix with a form for every questioned cell."""
    return [
        LineToFix(
            row=line.row,
            cells=tuple(
                CellToFix(
                    title=issue.title,
                    value=line.by_field.get(issue.field, ""),
                    code=issue.code,
                    what=issue.what,
                    next_step=f"{issue.next_step}{aside(issue.code)}",
                    basis=_("、").join(catalogue.citation(article) for article in issue.basis),
                    form=FixForm(
                        initial={
                            "row": line.row,
                            "field": issue.field,
                            "text": line.by_field.get(issue.field, ""),
                        },
                        auto_id=f"id_{line.row}_{issue.field}_%s",
                    ),
                )
                for issue in line.issues
            ),
        )
        for line in lines
    ]


def quality_page(found: Quality) -> Page:
    """Return the head of the quality page."""
    return Page(
        title=_("数据质量"),
        lead=_("过去一年本单位报送的数据。每个数字都写明分母。"),
        crumbs=_crumbs(_("数据质量")),
        wide=bool(found.batches),
    )


def quality_figures(found: Quality) -> list[Figure]:
    """Return the three rates of filing with their denominators (入库率、关联率、及时率)."""
    return [
        Figure(label=_("批次"), value=found.batches, url=reverse("intake_batches")),
        Figure(label=_("入库率"), value=share(found.accepted, found.rows), out_of=found.rows),
        Figure(label=_("关联率"), value=share(found.linked, found.accepted), out_of=found.accepted),
        Figure(label=_("及时率"), value=share(found.accepted - found.late, found.accepted), out_of=found.accepted),
    ]


def recipient_figures(received: tuple[int, int], told: tuple[int, int], silent: Sequence[Unanswered]) -> list[Figure]:
    """Return how far a body's records went, and how many of its changes their recipients confirmed."""
    records, bodies = received
    sent, answered = told
    if not records:
        return []
    return [
        Figure(label=_("被其他单位接收的记录"), value=records),
        Figure(label=_("接收单位"), value=bodies),
        Figure(label=_("变动通知的回执"), value=answered, out_of=sent),
        Figure(label=_("超过期限没有回执"), value=sum(one.messages for one in silent), out_of=sent),
    ]


def silent_table(silent: Sequence[Unanswered]) -> Table | None:
    """Return which bodies let the day for their answer pass, or None when all answered in time."""
    if not silent:
        return None
    return Table(
        caption=_("超过期限没有回执的单位"),
        columns=(Column(title=_("单位")), Column(title=_("通知")), Column(title=_("最早收到"))),
        rows=[
            (Cell(value=body_name(one.body)), Cell(value=one.messages), Cell(value=moment(one.oldest_at)))
            for one in silent
        ],
    )


def quality_bars(found: Quality) -> list[Bar]:
    """Return the most frequent issues as bars out of all questioned rows."""
    most = max((times for _code, times in found.by_code), default=0)
    said = [(summary(code, language=_language()), times) for code, times in found.by_code[:8]]
    return [Bar(label=what, value=times, out_of=most, shown=str(times)) for what, times in said]


def _language() -> str:
    return "en" if reads_english() else "zh"


def _crumbs(text: str, *, url: str = "") -> tuple[Crumb, ...]:
    return (Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=text, url=url))
