"""Menu entries of misuse detection."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

_OVERSIGHT = frozenset({Role.AUDIT_ADMIN, Role.SECURITY_ADMIN})
_AUDIT = frozenset({Role.AUDIT_ADMIN})
_CHECKED = frozenset({Role.CLERK, Role.APPROVER, Role.CASE_OFFICER, Role.HALL_CLERK})
MENU = (
    Entry(section="office", title=_("违规查询核查"), url_name="misuse_incidents", order=60, roles=_OVERSIGHT),
    Entry(section="office", title=_("查询抽查"), url_name="misuse_samples", order=61, roles=_AUDIT),
    Entry(section="office", title=_("诱饵主体"), url_name="misuse_canaries", order=62, roles=_AUDIT),
    Entry(section="dept", title=_("说明查询原因"), url_name="misuse_explanations", order=80, roles=_CHECKED),
    Entry(section="about", title=_("查询监督"), url_name="misuse_counts", order=47),
)
