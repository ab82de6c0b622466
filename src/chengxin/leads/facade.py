"""The doors of the leads package."""

from chengxin.leads.actions import answer, begin_determination, expire, report
from chengxin.leads.detection import detect
from chengxin.leads.families import declared, families, value_names
from chengxin.leads.queries import (
    absent,
    count_of_body,
    find_in_context,
    get_for_handler,
    get_own,
    get_report,
    list_answers,
    list_held,
    list_of_body,
    list_own,
    list_precision,
    list_reports,
    list_ties,
)
from chengxin.leads.reading import from_blocks, from_dict, from_documents, read_findings
from chengxin.leads.reporting import behaviours, report_by_hand, reported
from chengxin.leads.rules import why_not_determination
from chengxin.leads.taking import authority_of, take

__all__ = [
    "absent",
    "answer",
    "authority_of",
    "begin_determination",
    "behaviours",
    "count_of_body",
    "declared",
    "detect",
    "expire",
    "families",
    "find_in_context",
    "from_blocks",
    "from_dict",
    "from_documents",
    "get_for_handler",
    "get_own",
    "get_report",
    "list_answers",
    "list_held",
    "list_of_body",
    "list_own",
    "list_precision",
    "list_reports",
    "list_ties",
    "read_findings",
    "report",
    "report_by_hand",
    "reported",
    "take",
    "value_names",
    "why_not_determination",
]
