"""The doors of the looks package."""

from chengxin.looks.actions import add_words, challenge, hand_on_unexplained, raise_leads, take_back
from chengxin.looks.queries import count_own_looks, log_keys, own_askers, own_look, own_looks, own_proof
from chengxin.looks.restrictions import lapse_restrictions, register_restriction
from chengxin.looks.summary import choose_message, own_summary, tell_summaries
from chengxin.looks.withheld import count_grounds, list_restrictions, list_running

__all__ = [
    "add_words",
    "challenge",
    "choose_message",
    "count_grounds",
    "count_own_looks",
    "hand_on_unexplained",
    "lapse_restrictions",
    "list_restrictions",
    "list_running",
    "log_keys",
    "own_askers",
    "own_look",
    "own_looks",
    "own_proof",
    "own_summary",
    "raise_leads",
    "register_restriction",
    "take_back",
    "tell_summaries",
]
