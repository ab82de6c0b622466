"""The doors of the reviews package."""

from chengxin.reviews.actions import compare_snapshot, file_reviews, file_trades, hide, show_again
from chengxin.reviews.answers import answer, contest, find_contest
from chengxin.reviews.queries import (
    count_public,
    count_trades,
    find_ledger,
    find_voice_ledger,
    get_for_staff,
    get_own,
    list_given,
    list_of_platform,
    list_of_trade,
    list_public,
    list_scores,
    list_voices,
    match_trade,
    may_handle,
)
from chengxin.reviews.rules import least_raters, masked
from chengxin.reviews.settling import settle
from chengxin.reviews.tables import dimensions, grounds

__all__ = [
    "answer",
    "compare_snapshot",
    "contest",
    "count_public",
    "count_trades",
    "dimensions",
    "file_reviews",
    "file_trades",
    "find_contest",
    "find_ledger",
    "find_voice_ledger",
    "get_for_staff",
    "get_own",
    "grounds",
    "hide",
    "least_raters",
    "list_given",
    "list_of_platform",
    "list_of_trade",
    "list_public",
    "list_scores",
    "list_voices",
    "masked",
    "match_trade",
    "may_handle",
    "settle",
    "show_again",
]
