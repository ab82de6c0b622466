"""The doors of the records package."""

from chengxin.records.actions import end_expired, lift, mark, publish_due, state_own_view, stop_publicity, withdraw
from chengxin.records.bulk import COLUMNS, MASS_TABLES, Filing, Written, write_versions
from chengxin.records.clock_columns import clock_columns
from chengxin.records.clocks import ClockDates, ClockFacts, compute_clocks
from chengxin.records.duties import answers_to
from chengxin.records.gates import COLLECT_CODES, CollectFacts, PublicityFacts, why_not_collect, why_not_publish
from chengxin.records.group_figures import group_figures
from chengxin.records.outlets import Outlet, list_outlets, no_records, outlet, outlets_of
from chengxin.records.queries import (
    find_by_id,
    has_changed,
    list_by_ids,
    list_filed,
    list_moved,
    list_of_subject,
    list_statements,
    list_versions,
)
from chengxin.records.recall import (
    count_told,
    list_told,
    list_unanswered,
    tell_corrected,
    tell_ended,
    tell_erased,
    tell_too_late,
)
from chengxin.records.receipts import acknowledge, end_webhook, get_webhook, list_outbox, list_owed, set_webhook
from chengxin.records.recipients import count_received, ledger_lines, list_received, note_received, recipient_of
from chengxin.records.rules import usable, why_not_usable
from chengxin.records.search import count_moves, count_public, list_public, search_documents
from chengxin.records.words import words_of_change, words_of_done, words_of_duty

__all__ = [
    "COLLECT_CODES",
    "COLUMNS",
    "MASS_TABLES",
    "ClockDates",
    "ClockFacts",
    "CollectFacts",
    "Filing",
    "Outlet",
    "PublicityFacts",
    "Written",
    "acknowledge",
    "answers_to",
    "clock_columns",
    "compute_clocks",
    "count_moves",
    "count_public",
    "count_received",
    "count_told",
    "end_expired",
    "end_webhook",
    "find_by_id",
    "get_webhook",
    "group_figures",
    "has_changed",
    "ledger_lines",
    "lift",
    "list_by_ids",
    "list_filed",
    "list_moved",
    "list_of_subject",
    "list_outbox",
    "list_outlets",
    "list_owed",
    "list_public",
    "list_received",
    "list_statements",
    "list_told",
    "list_unanswered",
    "list_versions",
    "mark",
    "no_records",
    "note_received",
    "outlet",
    "outlets_of",
    "publish_due",
    "recipient_of",
    "search_documents",
    "set_webhook",
    "state_own_view",
    "stop_publicity",
    "tell_corrected",
    "tell_ended",
    "tell_erased",
    "tell_too_late",
    "usable",
    "why_not_collect",
    "why_not_publish",
    "why_not_usable",
    "withdraw",
    "words_of_change",
    "words_of_done",
    "words_of_duty",
    "write_versions",
]
