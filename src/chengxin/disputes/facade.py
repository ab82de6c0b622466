"""The doors of the disputes package."""

from chengxin.disputes.actions import (
    act,
    act_by_code,
    join,
    name_by_code,
    open_contact,
    open_entry,
    open_own,
    receive,
    show_by_code,
    uncover,
)
from chengxin.disputes.hotline_files import COLUMNS, file_rows
from chengxin.disputes.hotlines import HOTLINES, file_sheets, list_reported
from chengxin.disputes.promises import book, find_fund, find_promise, promise
from chengxin.disputes.queries import (
    course_by_code,
    course_for,
    figures,
    get_by_code,
    get_for,
    list_accounts,
    list_alike,
    list_for,
    list_handled,
    list_joined,
    verbs_by_code,
    verbs_for,
)
from chengxin.disputes.reaching import locate
from chengxin.disputes.respondents import find_company_code, institutions
from chengxin.disputes.rules import scrub
from chengxin.disputes.tables import asks, exceptions, matters, stages, what_next

__all__ = [
    "COLUMNS",
    "HOTLINES",
    "act",
    "act_by_code",
    "asks",
    "book",
    "course_by_code",
    "course_for",
    "exceptions",
    "figures",
    "file_rows",
    "file_sheets",
    "find_company_code",
    "find_fund",
    "find_promise",
    "get_by_code",
    "get_for",
    "institutions",
    "join",
    "list_accounts",
    "list_alike",
    "list_for",
    "list_handled",
    "list_joined",
    "list_reported",
    "locate",
    "matters",
    "name_by_code",
    "open_contact",
    "open_entry",
    "open_own",
    "promise",
    "receive",
    "scrub",
    "show_by_code",
    "stages",
    "uncover",
    "verbs_by_code",
    "verbs_for",
    "what_next",
]
