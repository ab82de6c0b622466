"""Menu entry of matters."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

MENU = (
    Entry(
        section="dept",
        title=_("办件"),
        url_name="matters",
        order=42,
        roles=frozenset({Role.CLERK, Role.CASE_OFFICER}),
    ),
)
