"""Read lists and queries, build or map an index, answer; link registers."""

from chengxin.screening.bulk import Exact
from chengxin.screening.engine import Screener
from chengxin.screening.explaining import change_text, rule_text
from chengxin.screening.linking import Linked, link
from chengxin.screening.reading import (
    Rows,
    check_rows,
    read_registers,
    read_rows,
    reason_text,
    require_place,
    tidied,
    why_unreadable,
)
from chengxin.screening.segment import Segment, build, load, save
from chengxin.screening.tables import write_aside

__all__ = [
    "Exact",
    "Linked",
    "Rows",
    "Screener",
    "Segment",
    "build",
    "change_text",
    "check_rows",
    "link",
    "load",
    "read_registers",
    "read_rows",
    "reason_text",
    "require_place",
    "rule_text",
    "save",
    "tidied",
    "why_unreadable",
    "write_aside",
]
