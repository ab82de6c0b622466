"""The doors of the lists package."""

from chengxin.lists.actions import ask_to_leave, draft_listing, follow, go_on, kinds_for, leave
from chengxin.lists.keeping import settle
from chengxin.lists.kinds import get_kind, kind_of_item, kinds
from chengxin.lists.papers import form_of
from chengxin.lists.queries import (
    count_of_body,
    count_public,
    find_entry,
    get_own,
    last_day,
    last_places,
    list_changes,
    list_entries,
    list_moved,
    list_of_body,
    list_own,
    list_persons_on,
    list_public,
    list_shown,
    list_standing_of,
    list_told,
    own_course,
    stands,
)
from chengxin.lists.rules import ends_on, may_leave_from, names_persons, term_of, why_not_ask_to_leave
from chengxin.lists.statements import changes, read_signed, snapshot

__all__ = [
    "ask_to_leave",
    "changes",
    "count_of_body",
    "count_public",
    "draft_listing",
    "ends_on",
    "find_entry",
    "follow",
    "form_of",
    "get_kind",
    "get_own",
    "go_on",
    "kind_of_item",
    "kinds",
    "kinds_for",
    "last_day",
    "last_places",
    "leave",
    "list_changes",
    "list_entries",
    "list_moved",
    "list_of_body",
    "list_own",
    "list_persons_on",
    "list_public",
    "list_shown",
    "list_standing_of",
    "list_told",
    "may_leave_from",
    "names_persons",
    "own_course",
    "read_signed",
    "settle",
    "snapshot",
    "stands",
    "term_of",
    "why_not_ask_to_leave",
]
