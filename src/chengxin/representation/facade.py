"""The doors of the representation package."""

from chengxin.representation.actions import accept, begin, both_sides, end, grant, longest, stand_in
from chengxin.representation.queries import find_live, names_of

__all__ = ["accept", "begin", "both_sides", "end", "find_live", "grant", "longest", "names_of", "stand_in"]
