"""Menu entry of matching."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

MENU = (
    Entry(
        section="dept",
        title=_("名单比对"),
        url_name="matching",
        order=43,
        roles=frozenset({Role.CLERK, Role.APPROVER, Role.CASE_OFFICER}),
    ),
)
