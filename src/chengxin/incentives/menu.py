"""Menu entries of incentives."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

_OWN = frozenset({Role.CITIZEN})
MENU = (
    Entry(section="me", title=_("守信便利"), url_name="benefits", order=50, roles=_OWN),
    Entry(section="me", title=_("诚信积分"), url_name="points", order=51, roles=_OWN),
    Entry(
        section="dept",
        title=_("激励提示"),
        url_name="hints",
        order=55,
        roles=frozenset({Role.CASE_OFFICER, Role.CLERK}),
    ),
    Entry(section="office", title=_("信用+场景"), url_name="scenes", order=40, roles=frozenset({Role.CASE_OFFICER})),
    Entry(section="about", title=_("守信激励"), url_name="incentives", order=48),
)
