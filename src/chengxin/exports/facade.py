"""The doors of the exports package."""

from chengxin.exports.actions import Export, register, trace_file
from chengxin.exports.marks import arrange
from chengxin.exports.models import MOST_PERSONS

__all__ = ["MOST_PERSONS", "Export", "arrange", "register", "trace_file"]
