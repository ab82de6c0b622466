"""Menu entries of looks."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

_OWN = frozenset({Role.CITIZEN})
MENU = (Entry(section="me", title=_("谁看过我"), url_name="looks", order=30, roles=_OWN),)
