"""The doors of the determinations package."""

from chengxin.determinations.actions import answer, draft, report_undone, serve_decision, serve_notice
from chengxin.determinations.decisions import open_course
from chengxin.determinations.drafts import asked_fields, items_for
from chengxin.determinations.effects import (
    decide,
    draft_of,
    enter,
    enter_settled,
    require_heard,
    require_heard_after,
    require_heard_since,
    require_service,
    served_of,
)
from chengxin.determinations.forms import DraftForm
from chengxin.determinations.gates import why_not_arrears
from chengxin.determinations.papers import open_paper
from chengxin.determinations.reading import (
    count_of_body,
    find_entered,
    has_open,
    list_of_body,
    list_own,
    open_of_body,
    open_own,
)

__all__ = [
    "DraftForm",
    "answer",
    "asked_fields",
    "count_of_body",
    "decide",
    "draft",
    "draft_of",
    "enter",
    "enter_settled",
    "find_entered",
    "has_open",
    "items_for",
    "list_of_body",
    "list_own",
    "open_course",
    "open_of_body",
    "open_own",
    "open_paper",
    "report_undone",
    "require_heard",
    "require_heard_after",
    "require_heard_since",
    "require_service",
    "serve_decision",
    "serve_notice",
    "served_of",
    "why_not_arrears",
]
