"""Menu entries of inspections."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.market.facade import is_platform
from chengxin.ui.facade import Entry

_OFFICERS = frozenset({Role.CASE_OFFICER})
_STAFF = frozenset({Role.CLERK, Role.CASE_OFFICER})
MENU = (
    Entry(section="public", title=_("商品抽检"), url_name="inspections", order=30),
    Entry(section="public", title=_("网络价格行为信息"), url_name="prices", order=31),
    Entry(section="reg", title=_("商品抽检"), url_name="inspections_desk", order=67, roles=_OFFICERS),
    Entry(section="public", title=_("消费监督员"), url_name="supervisors", order=32),
    Entry(section="reg", title=_("消费监督员"), url_name="supervisors_desk", order=70, roles=_OFFICERS),
    Entry(section="reg", title=_("原价核查"), url_name="check_prices", order=68, roles=_STAFF),
    Entry(section="reg", title=_("页面公示核查"), url_name="check_page", order=69, roles=_STAFF),
    Entry(section="biz", title=_("原价自查"), url_name="own_prices", order=17, roles=_STAFF, bodies=is_platform),
    Entry(section="biz", title=_("页面公示自查"), url_name="own_page", order=18, roles=_STAFF, bodies=is_platform),
)
