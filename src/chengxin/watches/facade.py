"""The doors of the watches package."""

from chengxin.watches.actions import read_watch, take_back, watch
from chengxin.watches.grounds import grounds
from chengxin.watches.keeping import settle
from chengxin.watches.queries import (
    count_of_body,
    list_of_body,
    list_own,
)
from chengxin.watches.rules import longest

__all__ = [
    "count_of_body",
    "grounds",
    "list_of_body",
    "list_own",
    "longest",
    "read_watch",
    "settle",
    "take_back",
    "watch",
]
