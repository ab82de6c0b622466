"""Menu entries of looks."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

_OWN = frozenset({Role.CITIZEN})
_STAFF = frozenset({Role.CLERK, Role.CASE_OFFICER, Role.APPROVER})
_OVERSIGHT = frozenset({Role.AUDIT_ADMIN})
MENU = (
    Entry(section="me", title=_("谁看过我"), url_name="looks", order=30, roles=_OWN),
    Entry(section="dept", title=_("查看暂不显示"), url_name="restrictions", order=82, roles=_STAFF),
    Entry(section="office", title=_("暂不显示的查看"), url_name="running_restrictions", order=63, roles=_OVERSIGHT),
    Entry(section="about", title=_("暂不显示的查看"), url_name="withheld_counts", order=48),
)
