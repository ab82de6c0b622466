"""The doors of the representation package."""

from chengxin.representation.actions import accept, begin, both_sides, end, grant, longest, stand_in
from chengxin.representation.applying import apply, arrange, offices, own_application, supplement, take_back
from chengxin.representation.attending import FILING, LASTS, attend, leave
from chengxin.representation.closing import close_over
from chengxin.representation.contesting import contest, own_contest
from chengxin.representation.effects import hearing_days
from chengxin.representation.handling import open_application
from chengxin.representation.queries import find_live, names_of
from chengxin.representation.session import choose

__all__ = [
    "FILING",
    "LASTS",
    "accept",
    "apply",
    "arrange",
    "attend",
    "begin",
    "both_sides",
    "choose",
    "close_over",
    "contest",
    "end",
    "find_live",
    "grant",
    "hearing_days",
    "leave",
    "longest",
    "names_of",
    "offices",
    "open_application",
    "own_application",
    "own_contest",
    "stand_in",
    "supplement",
    "take_back",
]
