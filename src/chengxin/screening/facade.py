"""Read lists and queries, build or map an index, answer."""

from chengxin.screening.engine import Screener
from chengxin.screening.reading import check_rows, read_rows, reason_text, require_place
from chengxin.screening.segment import Segment, build, load, save

__all__ = ["Screener", "Segment", "build", "check_rows", "load", "read_rows", "reason_text", "require_place", "save"]
