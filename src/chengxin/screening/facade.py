"""Read lists and queries, build or map an index, answer; link registers."""

from chengxin.screening.bulk import Exact
from chengxin.screening.engine import Screener
from chengxin.screening.linking import Linked, link
from chengxin.screening.reading import check_rows, read_register, read_rows, reason_text, require_place
from chengxin.screening.segment import Segment, build, load, save

__all__ = [
    "Exact",
    "Linked",
    "Screener",
    "Segment",
    "build",
    "check_rows",
    "link",
    "load",
    "read_register",
    "read_rows",
    "reason_text",
    "require_place",
    "save",
]
