"""The doors of the complaints package."""

from chengxin.complaints.actions import add_by_code, answer, open_entry, open_identity, open_own, receive
from chengxin.complaints.keeping import new_code, opened, seal, shown, tag_of
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
    "add_by_code",
    "answer",
    "find_frequency",
    "find_number",
    "get_by_code",
    "get_of_office",
    "get_type",
    "list_of_office",
    "list_quarters",
    "new_code",
    "open_entry",
    "open_identity",
    "open_own",
    "opened",
    "receive",
    "seal",
    "shown",
    "tag_of",
    "tip_types",
]
