"""The doors of the complaints package."""

from chengxin.complaints.actions import (
    add_by_code,
    answer,
    open_entry,
    open_identity,
    open_own,
    receive,
    show_by_code,
    uncover,
)
from chengxin.complaints.covering import bare, last_place, mark_of, once, seen, still_kept, why_not_uncovered
from chengxin.complaints.keeping import new_code, opened, seal, shown, tag_of
from chengxin.complaints.marking import MARKING, UncoverForm, covering, mark
from chengxin.complaints.queries import (
    find_frequency,
    find_number,
    get_by_code,
    get_of_office,
    list_of_office,
    list_quarters,
)
from chengxin.complaints.types import get_type, tip_types

__all__ = [
    "MARKING",
    "UncoverForm",
    "add_by_code",
    "answer",
    "bare",
    "covering",
    "find_frequency",
    "find_number",
    "get_by_code",
    "get_of_office",
    "get_type",
    "last_place",
    "list_of_office",
    "list_quarters",
    "mark",
    "mark_of",
    "new_code",
    "once",
    "open_entry",
    "open_identity",
    "open_own",
    "opened",
    "receive",
    "seal",
    "seen",
    "show_by_code",
    "shown",
    "still_kept",
    "tag_of",
    "tip_types",
    "uncover",
    "why_not_uncovered",
]
