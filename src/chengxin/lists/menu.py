"""Menu entries of lists."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

_STAFF = frozenset({Role.CLERK, Role.APPROVER, Role.CASE_OFFICER})
MENU = (
    Entry(section="public", title=_("名单"), url_name="lists", order=25),
    Entry(section="dept", title=_("名单"), url_name="dept_lists", order=42, roles=_STAFF),
    Entry(section="me", title=_("名单和我"), url_name="own_lists", order=18, roles=frozenset({Role.CITIZEN})),
)
