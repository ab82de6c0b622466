"""Menu entries of watches."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

_STAFF = frozenset({Role.CLERK, Role.APPROVER, Role.CASE_OFFICER})
MENU = (
    Entry(section="dept", title=_("名单关注"), url_name="watches", order=44, roles=_STAFF),
    Entry(section="me", title=_("谁在关注我"), url_name="own_watches", order=31, roles=frozenset({Role.CITIZEN})),
)
