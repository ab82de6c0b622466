"""Menu entries of commitments."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

MENU = (
    Entry(section="public", title=_("信用承诺"), url_name="commitments", order=27),
    Entry(section="me", title=_("我的承诺"), url_name="own_commitments", order=28, roles=frozenset({Role.CITIZEN})),
)
