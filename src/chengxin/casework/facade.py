"""The doors of the casework package."""

from chengxin.casework.actions import open_case, open_evidence, take
from chengxin.casework.display import body_name, counted, due_hint, state_of, text, timeline_steps
from chengxin.casework.doors import carry_out, find_attempt
from chengxin.casework.escalation import supervisor_of
from chengxin.casework.forms import PapersField, TracesField
from chengxin.casework.hands import assign, hand_back, release, transfer
from chengxin.casework.oversight import list_decided_alike, list_outcomes, list_outcomes_for
from chengxin.casework.papers import Sent, keep_papers, paper_of
from chengxin.casework.queries import (
    access_case,
    closed_before,
    count_states,
    deadline_of,
    deadlines_of,
    find_case,
    find_cases_by_number,
    find_latest_case,
    find_open_case,
    list_about,
    list_cases_about,
    list_ended,
    list_inbox,
    list_of,
    list_open,
    list_opened_by,
    list_overdue,
    list_resting,
    over_before,
    papers_of,
    timeline,
    why_not_take,
)
from chengxin.casework.registry import get_procedure, list_procedures
from chengxin.casework.remedies import remedy_words

__all__ = [
    "PapersField",
    "Sent",
    "TracesField",
    "access_case",
    "assign",
    "body_name",
    "carry_out",
    "closed_before",
    "count_states",
    "counted",
    "deadline_of",
    "deadlines_of",
    "due_hint",
    "find_attempt",
    "find_case",
    "find_cases_by_number",
    "find_latest_case",
    "find_open_case",
    "get_procedure",
    "hand_back",
    "keep_papers",
    "list_about",
    "list_cases_about",
    "list_decided_alike",
    "list_ended",
    "list_inbox",
    "list_of",
    "list_open",
    "list_opened_by",
    "list_outcomes",
    "list_outcomes_for",
    "list_overdue",
    "list_procedures",
    "list_resting",
    "open_case",
    "open_evidence",
    "over_before",
    "paper_of",
    "papers_of",
    "release",
    "remedy_words",
    "state_of",
    "supervisor_of",
    "take",
    "text",
    "timeline",
    "timeline_steps",
    "transfer",
    "why_not_take",
]
