"""The doors of the looks package."""

from chengxin.looks.actions import add_words, challenge, hand_on_unexplained, raise_leads, take_back
from chengxin.looks.queries import count_own_looks, log_keys, own_askers, own_look, own_looks, own_proof

__all__ = [
    "add_words",
    "challenge",
    "count_own_looks",
    "hand_on_unexplained",
    "log_keys",
    "own_askers",
    "own_look",
    "own_looks",
    "own_proof",
    "raise_leads",
    "take_back",
]
