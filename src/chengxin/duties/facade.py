"""The doors of the duties package."""

from chengxin.duties.actions import act, appeal, file_rule
from chengxin.duties.ip_notices import (
    count_ip_notices,
    declare,
    file_ip_notice,
    find_own_ip_notice,
    list_ip_notices,
    list_own_ip_notices,
)
from chengxin.duties.kinds import kinds
from chengxin.duties.queries import list_of_merchant, list_of_platform, list_public_actions, list_rules

__all__ = [
    "act",
    "appeal",
    "count_ip_notices",
    "declare",
    "file_ip_notice",
    "file_rule",
    "find_own_ip_notice",
    "kinds",
    "list_ip_notices",
    "list_of_merchant",
    "list_of_platform",
    "list_own_ip_notices",
    "list_public_actions",
    "list_rules",
]
