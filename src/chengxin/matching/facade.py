"""The doors of the matching package."""

from chengxin.matching.actions import screen
from chengxin.matching.clearing import clear, confirm, list_clearances, withdraw
from chengxin.matching.display import hit_card, outcome_words
from chengxin.matching.forms import ClearForm
from chengxin.matching.index import KEEPER, Keeper

__all__ = [
    "KEEPER",
    "ClearForm",
    "Keeper",
    "clear",
    "confirm",
    "hit_card",
    "list_clearances",
    "outcome_words",
    "screen",
    "withdraw",
]
