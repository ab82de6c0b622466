"""The doors of the reviews package."""

from chengxin.reviews.actions import compare_snapshot, file_reviews, file_trades, hide, show_again
from chengxin.reviews.queries import (
    count_public,
    find_ledger,
    get_for_staff,
    list_given,
    list_of_platform,
    list_of_trade,
    list_public,
    list_scores,
)
from chengxin.reviews.settling import settle
from chengxin.reviews.tables import dimensions, grounds

__all__ = [
    "compare_snapshot",
    "count_public",
    "dimensions",
    "file_reviews",
    "file_trades",
    "find_ledger",
    "get_for_staff",
    "grounds",
    "hide",
    "list_given",
    "list_of_platform",
    "list_of_trade",
    "list_public",
    "list_scores",
    "settle",
    "show_again",
]
