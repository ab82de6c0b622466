"""The doors of the audit package."""

from chengxin.audit.actions import disclose, record_event, record_events
from chengxin.audit.queries import count_looks, list_looks

__all__ = ["count_looks", "disclose", "list_looks", "record_event", "record_events"]
