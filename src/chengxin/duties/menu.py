"""Menu entries of what platforms owe."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

_STAFF = frozenset({Role.CLERK, Role.CASE_OFFICER})
MENU = (
    Entry(section="biz", title=_("平台报送"), url_name="platform_filings", order=15, roles=_STAFF),
    Entry(section="biz", title=_("规则归档"), url_name="file_platform_rule", order=20, roles=_STAFF),
    Entry(section="biz", title=_("平台措施台账"), url_name="platform_actions", order=30, roles=_STAFF),
    Entry(section="biz", title=_("登记知识产权通知"), url_name="file_ip_notice", order=35, roles=_STAFF),
)
