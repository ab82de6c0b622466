"""Menu entries of `access`."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

_SIGNED_IN = frozenset(Role) - {Role.PUBLIC, Role.CLIENT, Role.PLATFORM}

MENU = (
    Entry(section="account", title=_("登录"), url_name="account_login", order=10, roles=frozenset({Role.PUBLIC})),
    Entry(section="account", title=_("账户安全"), url_name="mfa_index", order=80, roles=_SIGNED_IN),
    Entry(section="account", title=_("退出"), url_name="account_logout", order=90, roles=_SIGNED_IN),
)
