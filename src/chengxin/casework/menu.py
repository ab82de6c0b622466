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
    Entry(
        section="office",
        title=_("超期督办"),
        url_name="casework_overdue",
        order=12,
        roles=frozenset({Role.CASE_OFFICER}),
    ),
    Entry(
        section="office",
        title=_("复核同意率"),
        url_name="casework_confirm_rates",
        order=80,
        roles=frozenset({Role.CASE_OFFICER, Role.AUDIT_ADMIN}),
    ),
    Entry(section="about", title=_("服务绩效"), url_name="service_performance", order=40),
)
