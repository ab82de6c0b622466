"""The doors of the determinations package."""

from chengxin.determinations.actions import answer, draft, report_undone, serve_decision, serve_notice
from chengxin.determinations.drafts import asked_fields, items_for
from chengxin.determinations.gates import why_not_arrears
from chengxin.determinations.papers import open_paper
from chengxin.determinations.reading import count_of_body, list_of_body, list_own, open_of_body, open_own

__all__ = [
    "answer",
    "asked_fields",
    "count_of_body",
    "draft",
    "items_for",
    "list_of_body",
    "list_own",
    "open_of_body",
    "open_own",
    "open_paper",
    "report_undone",
    "serve_decision",
    "serve_notice",
    "why_not_arrears",
]
