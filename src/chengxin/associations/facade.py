"""The doors of the associations package."""

from chengxin.associations.actions import end_membership, enrol, file_charter, propose, register
from chengxin.associations.kinds import kinds
from chengxin.associations.queries import get_own, is_association, list_acts, list_charters, list_members, list_own

__all__ = [
    "end_membership",
    "enrol",
    "file_charter",
    "get_own",
    "is_association",
    "kinds",
    "list_acts",
    "list_charters",
    "list_members",
    "list_own",
    "propose",
    "register",
]
