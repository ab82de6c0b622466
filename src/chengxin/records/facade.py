"""The doors of the records package."""

from chengxin.records.actions import end_expired, lift, mark, publish_due, state_own_view, withdraw
from chengxin.records.bulk import COLUMNS, Filing, Written, write_versions
from chengxin.records.queries import find_by_id, list_by_ids, list_of_subject, list_versions
from chengxin.records.rules import usable, why_not_usable

__all__ = [
    "COLUMNS",
    "Filing",
    "Written",
    "end_expired",
    "find_by_id",
    "lift",
    "list_by_ids",
    "list_of_subject",
    "list_versions",
    "mark",
    "publish_due",
    "state_own_view",
    "usable",
    "why_not_usable",
    "withdraw",
    "write_versions",
]
