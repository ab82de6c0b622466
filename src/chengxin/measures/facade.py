"""The doors of the measures package."""

from chengxin.measures.actions import feed_back, lift, propose
from chengxin.measures.alone import ask_alone, go_on_alone, own_repair
from chengxin.measures.keeping import end_due
from chengxin.measures.queries import (
    count_of_body,
    get_of_body,
    list_of_body,
    list_own,
    list_proposed_about,
    list_standing_about,
    look,
)
from chengxin.measures.rules import why_not_by
from chengxin.measures.shelf import get_measure, measures

__all__ = [
    "ask_alone",
    "count_of_body",
    "end_due",
    "feed_back",
    "get_measure",
    "get_of_body",
    "go_on_alone",
    "lift",
    "list_of_body",
    "list_own",
    "list_proposed_about",
    "list_standing_about",
    "look",
    "measures",
    "own_repair",
    "propose",
    "why_not_by",
]
