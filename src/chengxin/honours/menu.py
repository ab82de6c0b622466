"""Menu entries of honours."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

_STAFF = frozenset({Role.CLERK, Role.CASE_OFFICER, Role.APPROVER})
MENU = (
    Entry(section="public", title=_("诚信典型"), url_name="honours", order=29),
    Entry(section="me", title=_("我的荣誉"), url_name="own_honours", order=29, roles=frozenset({Role.CITIZEN})),
    Entry(section="dept", title=_("荣誉"), url_name="dept_honours", order=56, roles=_STAFF),
)
