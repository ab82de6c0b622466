"""Menu entries of measures."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

_STAFF = frozenset({Role.CLERK, Role.APPROVER, Role.CASE_OFFICER})
MENU = (
    Entry(section="public", title=_("惩戒措施清单"), url_name="measures", order=27),
    Entry(section="dept", title=_("惩戒措施"), url_name="dept_measures", order=44, roles=_STAFF),
    Entry(section="me", title=_("对我的措施"), url_name="own_measures", order=19, roles=frozenset({Role.CITIZEN})),
)
