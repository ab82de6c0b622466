"""Menu entries of the breach desk."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

_DESK = frozenset({Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
MENU = (
    Entry(section="office", title=_("泄露事件"), url_name="breaches", order=63, roles=_DESK),
    Entry(section="about", title=_("泄露事件公开"), url_name="breach_counts", order=49),
)
