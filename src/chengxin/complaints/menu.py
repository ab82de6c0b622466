"""Menu entries of tips."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

MENU = (
    Entry(section="about", title=_("举报"), url_name="report_lead", order=44),
    Entry(section="about", title=_("举报公开"), url_name="tip_counts", order=48),
    Entry(section="office", title=_("举报办理"), url_name="tips", order=58, roles=frozenset({Role.CASE_OFFICER})),
)
