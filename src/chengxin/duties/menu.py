"""Menu entries of what platforms owe."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.market.facade import is_platform
from chengxin.ui.facade import Entry

_STAFF = frozenset({Role.CLERK, Role.CASE_OFFICER})
_OFFICERS = frozenset({Role.CASE_OFFICER})
MENU = (
    Entry(section="reg", title=_("依法调取数据"), url_name="data_requests", order=60, roles=_OFFICERS),
    Entry(section="reg", title=_("促销指导卡"), url_name="guidance", order=65, roles=_OFFICERS),
    Entry(section="public", title=_("专项行动"), url_name="campaigns", order=30),
    Entry(section="reg", title=_("公布专项行动"), url_name="reg_campaigns", order=68, roles=_OFFICERS),
    Entry(section="reg", title=_("专项行动对象"), url_name="campaign_targets", order=69, roles=_OFFICERS),
    Entry(section="reg", title=_("移送冒用线索"), url_name="impersonations", order=67, roles=_OFFICERS),
    Entry(
        section="biz",
        title=_("主管部门向平台提出的"),
        url_name="platform_requests",
        order=16,
        roles=_STAFF,
        bodies=is_platform,
    ),
    Entry(section="reg", title=_("售后渠道抽测"), url_name="probes", order=66, roles=_OFFICERS),
    Entry(section="biz", title=_("自查清单"), url_name="self_check", order=14, roles=_STAFF, bodies=is_platform),
    Entry(section="biz", title=_("平台报送"), url_name="platform_filings", order=15, roles=_STAFF, bodies=is_platform),
    Entry(
        section="biz", title=_("规则归档"), url_name="file_platform_rule", order=20, roles=_STAFF, bodies=is_platform
    ),
    Entry(
        section="biz", title=_("平台措施台账"), url_name="platform_actions", order=30, roles=_STAFF, bodies=is_platform
    ),
    Entry(
        section="biz",
        title=_("登记知识产权通知"),
        url_name="file_ip_notice",
        order=35,
        roles=_STAFF,
        bodies=is_platform,
    ),
)
