"""The doors of the casework package."""

from chengxin.casework.actions import open_case, open_evidence, take
from chengxin.casework.display import timeline_steps
from chengxin.casework.doors import carry_out, find_attempt
from chengxin.casework.hands import assign, hand_back, release, transfer
from chengxin.casework.queries import access_case, find_open_case, list_cases_about, list_inbox, timeline, why_not_take
from chengxin.casework.registry import get_procedure, list_procedures

__all__ = [
    "access_case",
    "assign",
    "carry_out",
    "find_attempt",
    "find_open_case",
    "get_procedure",
    "hand_back",
    "list_cases_about",
    "list_inbox",
    "list_procedures",
    "open_case",
    "open_evidence",
    "release",
    "take",
    "timeline",
    "timeline_steps",
    "transfer",
    "why_not_take",
]
