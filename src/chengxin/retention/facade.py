"""The doors of the retention package."""

from chengxin.retention.actions import sweep, undestroyed
from chengxin.retention.queries import count_destroyed, list_destroyed
from chengxin.retention.registry import list_rules

__all__ = ["count_destroyed", "list_destroyed", "list_rules", "sweep", "undestroyed"]
