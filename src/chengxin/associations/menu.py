"""Menu entries of associations."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

_STAFF = frozenset({Role.CLERK, Role.CASE_OFFICER, Role.APPROVER})
MENU = (
    Entry(section="biz", title=_("协会章程"), url_name="association", order=60, roles=_STAFF),
    Entry(section="biz", title=_("会员名册"), url_name="association_members", order=61, roles=_STAFF),
    Entry(section="biz", title=_("自律措施台账"), url_name="association_acts", order=62, roles=_STAFF),
    Entry(
        section="office",
        title=_("登记协会"),
        url_name="register_association",
        order=75,
        roles=frozenset({Role.CASE_OFFICER}),
    ),
    Entry(section="me", title=_("我的协会"), url_name="own_associations", order=31, roles=frozenset({Role.CITIZEN})),
)
