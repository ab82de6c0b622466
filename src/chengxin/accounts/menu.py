"""Menu entries about accounts."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

_ADMIN = frozenset({Role.SYSTEM_ADMIN})
_STAFF = frozenset(Role) - {Role.PUBLIC, Role.CLIENT, Role.PLATFORM, Role.CITIZEN}
MENU = (
    Entry(section="office", title=_("重置第二重验证"), url_name="account_reset", order=70, roles=_ADMIN),
    Entry(section="account", title=_("账户限制和申诉"), url_name="account_appeal", order=82, roles=_STAFF),
)
