"""Menu entries of `casework`."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

MENU = (
    Entry(
        section="dept",
        title=_("待办"),
        url_name="casework_inbox",
        order=10,
        roles=frozenset({Role.CLERK, Role.APPROVER, Role.CASE_OFFICER}),
    ),
    Entry(
        section="office",
        title=_("收件箱"),
        url_name="casework_inbox",
        order=10,
        roles=frozenset({Role.CASE_OFFICER}),
    ),
)
