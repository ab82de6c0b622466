"""Menu entries of archives."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

_OWN = frozenset({Role.CITIZEN})
MENU = (
    Entry(section="me", title=_("我的信用"), url_name="archive", order=10, roles=_OWN, action="record.read_own"),
    Entry(section="me", title=_("信用报告"), url_name="archive_reports", order=20, roles=_OWN, action="report.make"),
    Entry(section="me", title=_("合规证明"), url_name="archive_certificates", order=21, roles=_OWN),
    Entry(section="me", title=_("我的职业"), url_name="archive_occupation", order=22, roles=_OWN),
    Entry(section="dept", title=_("窗口打印"), url_name="hall", order=5, roles=frozenset({Role.HALL_CLERK})),
    Entry(section="dept", title=_("窗口代填"), url_name="hall_filing", order=6, roles=frozenset({Role.HALL_CLERK})),
    Entry(
        section="dept",
        title=_("重点人群档案"),
        url_name="dept_groups",
        order=36,
        roles=frozenset({Role.CLERK, Role.APPROVER}),
    ),
    Entry(section="public", title=_("报告验真"), url_name="verify", order=60),
    Entry(
        section="account",
        title=_("我的信用"),
        url_name="archive",
        order=10,
        roles=_OWN,
        action="record.read_own",
    ),
)
