"""Menu entries of credentials."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

MENU = (Entry(section="me", title=_("信用凭证"), url_name="credentials", order=27, roles=frozenset({Role.CITIZEN})),)
