"""The doors of the repair package."""

from chengxin.repair.actions import (
    answer_revocation,
    apply,
    own_application,
    own_applications,
    own_prospect,
    own_prospects,
    supplement,
    withdraw,
)
from chengxin.repair.course import own_course
from chengxin.repair.gates import why_not_repair
from chengxin.repair.handling import open_application, open_paper, question_promise
from chengxin.repair.rules import advise, earliest_repair

__all__ = [
    "advise",
    "answer_revocation",
    "apply",
    "earliest_repair",
    "open_application",
    "open_paper",
    "own_application",
    "own_applications",
    "own_course",
    "own_prospect",
    "own_prospects",
    "question_promise",
    "supplement",
    "why_not_repair",
    "withdraw",
]
