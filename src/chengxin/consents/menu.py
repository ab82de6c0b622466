"""Menu entries of consents."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

_OWN = frozenset({Role.CITIZEN})
MENU = (Entry(section="me", title=_("我的授权"), url_name="consents", order=25, roles=_OWN),)
