"""The doors of the audit package."""

from chengxin.audit.actions import (
    disclose,
    near_misses,
    read_upload,
    record_event,
    record_events,
    unlock,
)
from chengxin.audit.acts import Act, write_acts
from chengxin.audit.drafts import Draft, draft
from chengxin.audit.log.oversight import export_for_audit, prove_event
from chengxin.audit.log.reading import growth, newest_checkpoint, public_keys, tile
from chengxin.audit.log.sequencer import sequence
from chengxin.audit.log.state import log_state
from chengxin.audit.log.writing import beat, sign_receipt
from chengxin.audit.middleware import HEADER as RECEIPT_HEADER
from chengxin.audit.middleware import receipts_header
from chengxin.audit.queries import count_kinds, count_looks, find_look, list_askers, list_look_days, list_looks
from chengxin.audit.staff_looks import COLUMNS as STAFF_LOOK_COLUMNS
from chengxin.audit.staff_looks import list_staff_looks

__all__ = [
    "RECEIPT_HEADER",
    "STAFF_LOOK_COLUMNS",
    "Act",
    "Draft",
    "beat",
    "count_kinds",
    "count_looks",
    "disclose",
    "draft",
    "export_for_audit",
    "find_look",
    "growth",
    "list_askers",
    "list_look_days",
    "list_looks",
    "list_staff_looks",
    "log_state",
    "near_misses",
    "newest_checkpoint",
    "prove_event",
    "public_keys",
    "read_upload",
    "receipts_header",
    "record_event",
    "record_events",
    "sequence",
    "sign_receipt",
    "tile",
    "unlock",
    "write_acts",
]
