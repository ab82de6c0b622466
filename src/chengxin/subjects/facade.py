"""The door of `subjects`: who a number belongs to, what is public of operators, and the keys values are sealed with."""

from chengxin.subjects.actions import (
    add_representation,
    end_representation,
    erase,
    open_review,
    record_status,
    undo_merge,
)
from chengxin.subjects.keyholder import NoKey, seal_column, seal_many, wrapped_keys
from chengxin.subjects.newcomers import MASS_TABLES
from chengxin.subjects.queries import (
    current_name,
    find_by_number,
    find_operator,
    find_subject,
    get_review,
    has_name,
    has_number,
    list_bearers,
    list_by_tags,
    list_names,
    list_numbers,
    list_open_reviews,
    list_representations,
    list_subjects,
    number_tag,
    operators_of,
    renamed_since,
    search_operators,
)
from chengxin.subjects.resolution import Resolver, resolve_many
from chengxin.subjects.restoring import erase_again, list_erased, list_keyless, list_wrapped
from chengxin.subjects.verification import verify

__all__ = [
    "MASS_TABLES",
    "NoKey",
    "Resolver",
    "add_representation",
    "current_name",
    "end_representation",
    "erase",
    "erase_again",
    "find_by_number",
    "find_operator",
    "find_subject",
    "get_review",
    "has_name",
    "has_number",
    "list_bearers",
    "list_by_tags",
    "list_erased",
    "list_keyless",
    "list_names",
    "list_numbers",
    "list_open_reviews",
    "list_representations",
    "list_subjects",
    "list_wrapped",
    "number_tag",
    "open_review",
    "operators_of",
    "record_status",
    "renamed_since",
    "resolve_many",
    "seal_column",
    "seal_many",
    "search_operators",
    "undo_merge",
    "verify",
    "wrapped_keys",
]
