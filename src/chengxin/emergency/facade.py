"""The doors of the emergency package."""

from chengxin.emergency.actions import ask, count_quarters, list_asked, open_records

__all__ = ["ask", "count_quarters", "list_asked", "open_records"]
