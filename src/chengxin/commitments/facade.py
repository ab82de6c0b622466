"""The doors of the commitments package."""

from chengxin.commitments.actions import draft_finding, known, sign
from chengxin.commitments.queries import (
    count_public,
    find,
    get_sentence,
    list_own,
    list_public,
    list_versions,
    makers_of,
    outcomes_of,
)

__all__ = [
    "count_public",
    "draft_finding",
    "find",
    "get_sentence",
    "known",
    "list_own",
    "list_public",
    "list_versions",
    "makers_of",
    "outcomes_of",
    "sign",
]
