"""Ask what runs in compiled loops: loading them takes half a second, and only who asks pays it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from chengxin.reputation.contracts import Labels, Learning, Parameters, Ranked, Ratings, Rolling, Scored

if TYPE_CHECKING:
    from chengxin.reputation.edges import Edges


def score(ratings: Ratings, parameters: Parameters | None = None) -> Scored:
    """Return the score of each target, and each rating's weight with the factors it is the product of."""
    from chengxin.reputation import scoring  # noqa: PLC0415 - half a second to load

    return scoring.score(ratings, parameters)


def block_version() -> str:
    """Return the version of the search for rings in time."""
    return Rolling().version


def report_blocks(
    edges: Edges, parameters: Rolling | None = None, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> dict[str, Any]:
    """Return every finding as plain values: blocks beyond the threshold of their past, or one block without times."""
    from chengxin.reputation import evidence  # noqa: PLC0415 - as above

    return evidence.report(edges, parameters, progress)


def rank_raters(ratings: Ratings, labels: Labels, other: Ratings, learning: Learning | None = None) -> Ranked:
    """Learn from the labelled raters of one network and return all raters of another, the likest first."""
    from chengxin.reputation import raters  # noqa: PLC0415 - as above

    return raters.rank(ratings, labels, other, learning)
