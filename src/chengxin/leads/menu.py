"""Menu entries of leads."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.leads.queries import is_customs
from chengxin.market.facade import is_platform
from chengxin.ui.facade import Entry

MENU = (
    Entry(
        section="reg",
        title=_("线索"),
        url_name="leads",
        order=20,
        roles=frozenset({Role.CLERK, Role.APPROVER, Role.CASE_OFFICER}),
    ),
    Entry(
        section="reg",
        title=_("跨境三单"),
        url_name="crossborder",
        order=21,
        roles=frozenset({Role.CLERK, Role.APPROVER, Role.CASE_OFFICER}),
        bodies=is_customs,
    ),
    Entry(
        section="biz",
        title=_("报送线索"),
        url_name="platform_leads",
        order=14,
        roles=frozenset({Role.CLERK, Role.CASE_OFFICER}),
        bodies=is_platform,
    ),
    Entry(section="me", title=_("请您说明的事"), url_name="own_leads", order=25, roles=frozenset({Role.CITIZEN})),
)
