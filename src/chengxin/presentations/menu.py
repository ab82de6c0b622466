"""Menu entries of presentations."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

MENU = (
    Entry(section="me", title=_("出示给别人"), url_name="presentations", order=26, roles=frozenset({Role.CITIZEN})),
)
