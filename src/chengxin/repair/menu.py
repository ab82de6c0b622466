"""Menu entries of repair."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

MENU = (
    Entry(
        section="me",
        title=_("我的信用修复"),
        url_name="repairs",
        order=15,
        roles=frozenset({Role.CITIZEN}),
        action="repair.apply",
    ),
    Entry(section="public", title=_("修复指南"), url_name="repair_guide", order=50),
)
