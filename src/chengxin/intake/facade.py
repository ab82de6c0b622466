"""The doors of the intake package."""

from chengxin.intake.acceptance import difference
from chengxin.intake.actions import drop_row, fix_cell, submit, upload
from chengxin.intake.decisions import decide
from chengxin.intake.issues import explain
from chengxin.intake.queries import count_batches, count_issues, get_batch, list_batches, list_questioned, quality_of
from chengxin.intake.returned_sheet import error_sheet, questioned_rows, sample_rows

__all__ = [
    "count_batches",
    "count_issues",
    "decide",
    "difference",
    "drop_row",
    "error_sheet",
    "explain",
    "fix_cell",
    "get_batch",
    "list_batches",
    "list_questioned",
    "quality_of",
    "questioned_rows",
    "sample_rows",
    "submit",
    "upload",
]
