"""Menu entries of courier companies."""

from django.utils.translation import gettext_lazy as _

from chengxin.couriers.flows import watches_payments
from chengxin.couriers.queries import is_courier, watches_couriers
from chengxin.kernel.actor import Role
from chengxin.market.facade import is_platform
from chengxin.ui.facade import Entry

_STAFF = frozenset({Role.CLERK, Role.CASE_OFFICER})
MENU = (
    Entry(section="public", title=_("寄递企业"), url_name="couriers", order=29),
    Entry(section="biz", title=_("我的寄递企业"), url_name="own_courier", order=40, roles=_STAFF, bodies=is_courier),
    Entry(section="public", title=_("支付机构和付款提示"), url_name="payments", order=30),
    Entry(section="reg", title=_("支付监管"), url_name="payment_supervision", order=41, roles=_STAFF),
    Entry(
        section="reg",
        title=_("订单、支付、寄递核对"),
        url_name="payment_mismatch",
        order=41,
        roles=_STAFF,
        bodies=watches_payments,
    ),
    Entry(section="reg", title=_("文明交通守信考核"), url_name="courier_traffic", order=42, roles=_STAFF),
    Entry(
        section="reg",
        title=_("名单企业的处理"),
        url_name="courier_limits",
        order=43,
        roles=frozenset({Role.CASE_OFFICER}),
        bodies=watches_couriers,
    ),
    Entry(
        section="biz", title=_("寄递企业名单任务"), url_name="courier_tasks", order=13, roles=_STAFF, bodies=is_platform
    ),
    Entry(
        section="me",
        title=_("寄递企业名单的处理"),
        url_name="own_courier_limits",
        order=26,
        roles=frozenset({Role.CITIZEN}),
    ),
    Entry(section="reg", title=_("寄递监管"), url_name="courier_supervision", order=40, roles=_STAFF),
)
