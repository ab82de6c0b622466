"""The doors of the intake package."""

from chengxin.intake.acceptance import difference
from chengxin.intake.actions import drop_row, fix_cell, submit, upload
from chengxin.intake.decisions import decide
from chengxin.intake.issues import explain
from chengxin.intake.lineage import count_batches_of, filed_of, list_batches_of, origin_of
from chengxin.intake.queries import count_batches, count_issues, get_batch, list_batches, list_questioned, quality_of
from chengxin.intake.returned_sheet import error_sheet, questioned_rows, sample_rows
from chengxin.intake.single import check_row, file_row
from chengxin.intake.supply import get_source, list_sources

__all__ = [
    "check_row",
    "count_batches",
    "count_batches_of",
    "count_issues",
    "decide",
    "difference",
    "drop_row",
    "error_sheet",
    "explain",
    "file_row",
    "filed_of",
    "fix_cell",
    "get_batch",
    "get_source",
    "list_batches",
    "list_batches_of",
    "list_questioned",
    "list_sources",
    "origin_of",
    "quality_of",
    "questioned_rows",
    "sample_rows",
    "submit",
    "upload",
]
