"""The doors of the matching package."""

from chengxin.matching.actions import Compared, Told, compared_together, screen, screen_together
from chengxin.matching.admission import matter_of
from chengxin.matching.clearing import clear, confirm, list_clearances, withdraw
from chengxin.matching.display import hit_card, measures_for, outcome_words
from chengxin.matching.forms import ClearForm
from chengxin.matching.index import KEEPER, Keeper
from chengxin.matching.people import fault_of
from chengxin.matching.replaying import replay
from chengxin.matching.reverse import match_known, query_of
from chengxin.matching.rules import held, is_object
from chengxin.matching.telling import tell_hits

__all__ = [
    "KEEPER",
    "ClearForm",
    "Compared",
    "Keeper",
    "Told",
    "clear",
    "compared_together",
    "confirm",
    "fault_of",
    "held",
    "hit_card",
    "is_object",
    "list_clearances",
    "match_known",
    "matter_of",
    "measures_for",
    "outcome_words",
    "query_of",
    "replay",
    "screen",
    "screen_together",
    "tell_hits",
    "withdraw",
]
