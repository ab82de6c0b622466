"""Menu entries of complaints."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

_STAFF = frozenset({Role.CLERK, Role.CASE_OFFICER})
MENU = (
    Entry(section="about", title=_("消费投诉"), url_name="complain", order=43),
    Entry(section="me", title=_("消费投诉"), url_name="disputes", order=26, roles=frozenset({Role.CITIZEN})),
    Entry(section="me", title=_("承诺和保证金"), url_name="own_promises", order=27, roles=frozenset({Role.CITIZEN})),
    Entry(section="biz", title=_("消费投诉"), url_name="disputes", order=40, roles=_STAFF),
    Entry(section="biz", title=_("承诺和保证金"), url_name="own_promises", order=42, roles=_STAFF),
    Entry(section="reg", title=_("热线工单"), url_name="hotlines", order=32, roles=_STAFF),
    Entry(section="reg", title=_("消费投诉"), url_name="disputes", order=30, roles=_STAFF),
)
