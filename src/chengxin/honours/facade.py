"""The doors of the honours package."""

from chengxin.honours.actions import answer, begin_review, check, give_up, kinds_for, nominate, unname, visit
from chengxin.honours.drafts import Draft, asked_fields
from chengxin.honours.kinds import get_kind, kinds
from chengxin.honours.letters import bodies_for, object_to, propose, reply
from chengxin.honours.queries import (
    Course,
    find_letter,
    find_public,
    get_letter,
    list_letters,
    list_of_body,
    list_own,
    list_public,
    open_of_body,
    open_own,
)
from chengxin.honours.rules import ABSENT, review_due
from chengxin.honours.yearly import begin_due

__all__ = [
    "ABSENT",
    "Course",
    "Draft",
    "answer",
    "asked_fields",
    "begin_due",
    "begin_review",
    "bodies_for",
    "check",
    "find_letter",
    "find_public",
    "get_kind",
    "get_letter",
    "give_up",
    "kinds",
    "kinds_for",
    "list_letters",
    "list_of_body",
    "list_own",
    "list_public",
    "nominate",
    "object_to",
    "open_of_body",
    "open_own",
    "propose",
    "reply",
    "review_due",
    "unname",
    "visit",
]
