"""Menu entries of platforms and shops."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.market.facade import is_platform
from chengxin.ui.facade import Entry

_STAFF = frozenset({Role.CLERK, Role.CASE_OFFICER})
MENU = (
    Entry(section="public", title=_("从平台到投诉"), url_name="ecommerce", order=27),
    Entry(section="public", title=_("电商诚信"), url_name="platforms", order=28),
    Entry(section="public", title=_("消费警示"), url_name="warnings", order=29),
    Entry(section="biz", title=_("店铺台账"), url_name="platform_shops", order=10, roles=_STAFF, bodies=is_platform),
    Entry(section="biz", title=_("消费警示"), url_name="own_warnings", order=12, roles=_STAFF, bodies=is_platform),
    Entry(section="me", title=_("我的店铺"), url_name="own_shops", order=24, roles=frozenset({Role.CITIZEN})),
)
