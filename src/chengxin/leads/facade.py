"""The doors of the leads package."""

from chengxin.leads.actions import answer, begin_determination, expire, report
from chengxin.leads.detection import detect
from chengxin.leads.families import families, find_rule, value_names
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
    list_ties,
)
from chengxin.leads.reading import from_blocks, from_dict, from_documents, read_findings
from chengxin.leads.rules import why_not_determination
from chengxin.leads.taking import authority_of, take

__all__ = [
    "absent",
    "answer",
    "authority_of",
    "begin_determination",
    "count_of_body",
    "detect",
    "expire",
    "families",
    "find_in_context",
    "find_rule",
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
    "list_ties",
    "read_findings",
    "report",
    "take",
    "value_names",
    "why_not_determination",
]
