"""Menu entries of queries and of the register of institutions."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

MENU = (
    Entry(
        section="dept",
        title=_("法定查询"),
        url_name="statutory_queries",
        order=50,
        roles=frozenset({Role.CLERK, Role.APPROVER}),
    ),
    Entry(
        section="office",
        title=_("查询机构登记"),
        url_name="grants",
        order=35,
        roles=frozenset({Role.CASE_OFFICER}),
    ),
    Entry(section="me", title=_("银税互动"), url_name="finance_shelf", order=52, roles=frozenset({Role.CITIZEN})),
    Entry(section="about", title=_("查询机构"), url_name="grantees", order=46),
    Entry(section="about", title=_("金融信用报告"), url_name="financial_credit", order=61),
)
