"""The doors of the duties package."""

from chengxin.duties.actions import act, appeal, file_rule
from chengxin.duties.kinds import kinds
from chengxin.duties.queries import list_of_merchant, list_of_platform, list_public_actions, list_rules

__all__ = [
    "act",
    "appeal",
    "file_rule",
    "kinds",
    "list_of_merchant",
    "list_of_platform",
    "list_public_actions",
    "list_rules",
]
