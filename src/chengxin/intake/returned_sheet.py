"""Give the questioned rows back: in the page cell by cell, or as the same sheet with a red column."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl
import xlsxwriter

from chengxin.audit import facade as audit
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import FieldUse, ItemVersion
from chengxin.exports import facade as exports
from chengxin.exports.facade import Export
from chengxin.files import facade as files
from chengxin.files.facade import open_sheet
from chengxin.intake import fixes
from chengxin.intake.contracts import Batch, Issue
from chengxin.intake.doors import BY_CHANNEL
from chengxin.intake.heading import match_headings
from chengxin.intake.issues import explain
from chengxin.intake.queries import file_digest_of, list_questioned
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.identifiers import IdentifierKind, NumberFault, check_number, compact, upgrade_id_no
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.subjects import facade as subjects

_MOST_ROWS = 100_000
_RED_TITLE = "问题（请改正后删去此列）"


@dataclass(frozen=True, kw_only=True)
class QuestionedLine:
    """One questioned row as a clerk fixes it: its cells by heading, what each field says now, and its issues."""

    row: int
    cells: tuple[str, ...]
    by_field: dict[str, str]
    issues: tuple[Issue, ...]


def questioned_rows(batch: Batch, *, offset: int, limit: int, language: str = "zh") -> list[QuestionedLine]:
    """Return questioned rows with their values, read from the sealed file, fixes applied."""
    issues = _issues_by_row(batch, language)
    wanted = sorted(issues)[offset : offset + limit]
    return list(_lines(batch, issues, set(wanted)))


def sample_rows(batch: Batch, *, limit: int) -> list[dict[str, str]]:
    """Return the first good rows as field → text for the second person; personal cells are struck out."""
    item = catalogue.get_item_version(batch.item_code, version=batch.item_version)
    personal = {field.name for field in item.fields if field.personal}
    bad = {row for row, _field, _code in list_questioned(batch.id, limit=_MOST_ROWS)}
    cells, dropped = fixes.of(batch.id)
    with files.opened(file_digest_of(batch.id), unlock=audit.unlock) as path:
        sheet = open_sheet(path, limits=BY_CHANNEL["command"])
        places = match_headings(sheet.headings, item)
        for block in sheet.blocks:
            good = block.filter(~pl.col("row").is_in(sorted(bad | dropped))).head(limit)
            if good.height:
                found = [_line(row, places, cells, [], width=len(sheet.headings)) for row in good.iter_rows(named=True)]
                return [
                    {name: "＊" if name in personal and text else text for name, text in line.by_field.items()}
                    for line in found
                ]
    return []


def error_sheet(batch: Batch, *, actor: Actor, now: datetime, language: str = "zh") -> bytes:
    """Return the questioned rows as .xlsx: the file's own columns, and a red column that says what to do.

    Every cell is written as text, so that nothing in it can run as a formula. The export is registered and marked; of
    natural persons it holds the first fifty, the others follow when these are mended.
    """
    issues = _issues_by_row(batch, language)
    lines, export = _exported(batch, issues, actor=actor, now=now)
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet("疑问数据")
        text = workbook.add_format({"num_format": "@"})
        head = workbook.add_format({"bold": True, "num_format": "@", "bottom": 1})
        red = workbook.add_format({"font_color": "#B3261E", "text_wrap": True, "valign": "top", "bg_color": "#FDECEA"})
        headings = _headings(batch)
        for place, title in enumerate([*headings, _RED_TITLE]):
            sheet.write_string(0, place, title, head)
        sheet.set_column(0, len(headings) - 1, 20, text)
        sheet.set_column(len(headings), len(headings), 60)
        sheet.freeze_panes(1, 0)
        for line, (questioned, spaced) in enumerate(lines, start=1):
            for place, value in enumerate(questioned.cells):
                sheet.write_string(line, place, value + " " * (spaced and place == 0), text)
            said = "\n".join(_in_words(issue) for issue in questioned.issues)
            sheet.write_string(line, len(headings), f"第{questioned.row}行：{said}", red)
        sheet.set_footer(f"&C{export.number}")
        about = workbook.add_worksheet("导出说明")
        for place, words in enumerate(_about(export)):
            about.write_string(place, 0, words, text)
    return target.getvalue()


def _exported(
    batch: Batch, issues: dict[int, list[Issue]], *, actor: Actor, now: datetime
) -> tuple[list[tuple[QuestionedLine, bool]], Export]:
    """Register the export and return its rows in the order and spacing that mark it."""
    item = catalogue.get_item_version(batch.item_code, version=batch.item_version)
    holds_persons = SubjectKind.NATURAL_PERSON in item.subject_kinds
    wanted = sorted(issues)[: exports.MOST_PERSONS] if holds_persons else sorted(issues)
    lines = list(_lines(batch, issues, set(wanted)))
    export = exports.register(
        actor=actor,
        now=now,
        purpose="filing",
        channel="intake",
        reference=batch.number,
        categories=(batch.item_code,),
        persons=len(lines) if holds_persons else 0,
        rows=len(lines),
        tags=_tags(lines, item),
    )
    return exports.arrange(lines, [line.cells for line in lines], export_id=export.id), export


def _tags(lines: Sequence[QuestionedLine], item: ItemVersion) -> set[bytes]:
    """Return the keyed hashes of the whole numbers of persons in the rows, by which a leak reaches them."""
    field = item.field_for(FieldUse.SUBJECT_ID_NO)
    numbers = {upgrade_id_no(compact(line.by_field.get(field.name, ""))) for line in lines} if field else set()
    whole = [number for number in numbers if check_number(number, kind=IdentifierKind.ID_NO) is NumberFault.NONE]
    return {subjects.number_tag(IdentifierKind.ID_NO, number) for number in whole}


def _about(export: Export) -> list[str]:
    return [
        f"导出编号：{export.number}",
        f"单位：{export.body}　用途：报送　批次：{export.reference}",
        f"请在{legal_day(export.delete_by):%Y-%m-%d}前删除。每份文件都有标记，泄露可以追查到本次导出。",
    ]


def _in_words(issue: Issue) -> str:
    """Return what is wrong, what to do, the code and the articles in one line."""
    cited = "、".join(catalogue.citation(article) for article in issue.basis)
    return f"{issue.what}。{issue.next_step}（{issue.code}{'；' if cited else ''}{cited}）"


def _issues_by_row(batch: Batch, language: str) -> dict[int, list[Issue]]:
    item = catalogue.get_item_version(batch.item_code, version=batch.item_version)
    found: dict[int, list[Issue]] = defaultdict(list)
    for row, field, code in list_questioned(batch.id, limit=_MOST_ROWS):
        found[row].append(explain(row, field, code, item=item, language=language))
    return found


def _headings(batch: Batch) -> tuple[str, ...]:
    with files.opened(file_digest_of(batch.id), unlock=audit.unlock) as path:
        return open_sheet(path, limits=BY_CHANNEL["command"]).headings


def _lines(batch: Batch, issues: dict[int, list[Issue]], wanted: set[int]) -> Iterator[QuestionedLine]:
    item = catalogue.get_item_version(batch.item_code, version=batch.item_version)
    cells, dropped = fixes.of(batch.id)
    left = wanted - dropped
    with files.opened(file_digest_of(batch.id), unlock=audit.unlock) as path:
        sheet = open_sheet(path, limits=BY_CHANNEL["command"])
        places = match_headings(sheet.headings, item)
        for block in sheet.blocks:
            found = block.filter(pl.col("row").is_in(sorted(left)))
            for row in found.iter_rows(named=True):
                yield _line(row, places, cells, issues[row["row"]], width=len(sheet.headings))


def _line(
    row: dict[str, str | int | None],
    places: dict[str, int],
    cells: dict[tuple[int, str], str],
    issues: list[Issue],
    *,
    width: int,
) -> QuestionedLine:
    number = int(row["row"] or 0)
    values = [str(row[f"c{place}"] or "") for place in range(width)]
    for name, place in places.items():
        values[place] = cells.get((number, name), values[place])
    return QuestionedLine(
        row=number,
        cells=tuple(values),
        by_field={name: values[place] for name, place in places.items()},
        issues=tuple(issues),
    )
