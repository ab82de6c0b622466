"""Menu entries of representation."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

MENU = (Entry(section="me", title=_("代办"), url_name="representation", order=27, roles=frozenset({Role.CITIZEN})),)
