"""Menu entries of objections."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

MENU = (
    Entry(
        section="me",
        title=_("我的异议"),
        url_name="objections",
        order=25,
        roles=frozenset({Role.CITIZEN}),
        action="objection.file",
    ),
    Entry(
        section="office",
        title=_("同案同办"),
        url_name="objections_fairness",
        order=75,
        roles=frozenset({Role.CASE_OFFICER, Role.AUDIT_ADMIN}),
    ),
)
