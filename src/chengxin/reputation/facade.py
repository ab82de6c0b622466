"""Read ratings and score them."""

from chengxin.reputation.reading import read_ratings, require_place
from chengxin.reputation.scoring import score

__all__ = ["read_ratings", "require_place", "score"]
