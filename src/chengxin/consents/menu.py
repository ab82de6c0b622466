"""Menu entries of consents."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

_OWN = frozenset({Role.CITIZEN})
MENU = (
    Entry(section="me", title=_("我的授权"), url_name="consents", order=25, roles=_OWN),
    Entry(
        section="office",
        title=_("数据合作协议"),
        url_name="manage_agreements",
        order=66,
        roles=frozenset({Role.CASE_OFFICER}),
    ),
    Entry(section="about", title=_("数据合作协议"), url_name="agreements", order=66),
)
