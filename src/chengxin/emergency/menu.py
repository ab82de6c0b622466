"""Menu entries of accesses in an emergency."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

_OFFICER = frozenset({Role.CASE_OFFICER})
MENU = (
    Entry(section="office", title=_("紧急访问"), url_name="emergency", order=75, roles=_OFFICER),
    Entry(section="about", title=_("紧急访问统计"), url_name="emergency_counts", order=48),
)
