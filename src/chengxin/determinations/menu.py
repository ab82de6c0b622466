"""Menu entries of determinations."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

_STAFF = frozenset({Role.CLERK, Role.APPROVER, Role.CASE_OFFICER})
MENU = (
    Entry(section="dept", title=_("失信行为认定"), url_name="determinations", order=40, roles=_STAFF),
    Entry(
        section="me",
        title=_("拟对我作出的决定"),
        url_name="own_determinations",
        order=17,
        roles=frozenset({Role.CITIZEN}),
    ),
)
