"""The doors of the breaches package."""

from chengxin.breaches.actions import add_person, assess, open_breach, stop, trace, write_report
from chengxin.breaches.queries import get_breach, list_breaches, list_quarters
from chengxin.breaches.reading import contents_of

__all__ = [
    "add_person",
    "assess",
    "contents_of",
    "get_breach",
    "list_breaches",
    "list_quarters",
    "open_breach",
    "stop",
    "trace",
    "write_report",
]
