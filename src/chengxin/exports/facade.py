"""The doors of the exports package."""

from chengxin.exports.actions import Export, find_number, register, tags_of, trace_file
from chengxin.exports.marks import arrange
from chengxin.exports.models import MOST_PERSONS
from chengxin.exports.reading import read_cells

__all__ = ["MOST_PERSONS", "Export", "arrange", "find_number", "read_cells", "register", "tags_of", "trace_file"]
