"""The heads of the pages about courier companies."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.couriers.contracts import Company
from chengxin.couriers.display import source_name
from chengxin.ui.facade import Crumb, Page


def companies_page() -> Page:
    """Return the head of the register."""
    return Page(
        title=_("寄递企业"),
        lead=_("监管怎么认定、商户怎么说、消费者怎么说，分开看；时效和同线路的企业比。只看企业，不看任何一名快递员。"),
        crumbs=(_home(), Crumb(text=_("寄递企业"))),
        wide=True,
    )


def company_page(company: Company) -> Page:
    """Return the head of one company."""
    return Page(title=company.name, eyebrow=_("寄递企业"), crumbs=(_home(), _register(), Crumb(text=company.name)))


def source_page(source: str) -> Page:
    """Return the head of what one source hands in."""
    name = source_name(source)
    return Page(
        title=name,
        eyebrow=_("交易数据的来源"),
        lead=_("这一来源报送的订单、运单和扫描，按窗口加总以后的数；不含任何一笔订单、一件包裹。"),
        crumbs=(_home(), _register(), Crumb(text=name)),
        wide=True,
    )


def method_page() -> Page:
    """Return the head of the published formula."""
    return Page(
        title=_("时效和差错怎样算"),
        lead=_("跑山区的企业和跑平原的企业，放在各自的线路上比。公式和参数都公开。"),
        crumbs=(_home(), _register(), Crumb(text=_("时效和差错怎样算"))),
    )


def own_page(company: Company) -> Page:
    """Return the head of a company's own page."""
    return Page(
        title=_("别人怎样看您的企业"),
        eyebrow=company.name,
        lead=_("公众看到什么，每个数从哪里来，不对的怎样提出。"),
        crumbs=(_inbox(), Crumb(text=_("我的寄递企业"))),
        wide=True,
    )


def payments_page() -> Page:
    """Return the head of the public page about payment."""
    return Page(
        title=_("支付机构和付款提示"),
        lead=_("登记的支付机构，还有付款前要留心的骗法。本平台不收、不存任何人的银行卡号和账号。"),
        crumbs=(_home(), Crumb(text=_("支付机构和付款提示"))),
    )


def mismatch_page() -> Page:
    """Return the head of the reconciliation."""
    crumb = Crumb(text=_("支付监管"), url=reverse("payment_supervision"))
    return Page(
        title=_("订单、支付、寄递核对"),
        lead=_(
            "只有合计数，没有任何一笔订单、一张卡、一个账号。没有报来的是未知，不是违规；对不上的，先请机构和平台说明。"
        ),
        crumbs=(_inbox(), crumb, Crumb(text=_("订单、支付、寄递核对"))),
        wide=True,
    )


def supervision_page(kind: str) -> Page:
    """Return the head of the supervisors' list of a class."""
    if kind == "payment":
        return Page(
            title=_("支付监管"),
            lead=_("查一家机构要先选用途：看它的许可、处罚和检查，每次查看留记录，机构看得到。"),
            crumbs=(_inbox(), Crumb(text=_("支付监管"))),
            wide=True,
        )
    return Page(
        title=_("寄递监管"),
        lead=_("查一家企业要先选用途：只给这个用途要的事实和随后的安排，每次查看留记录，企业看得到。"),
        crumbs=(_inbox(), Crumb(text=_("寄递监管"))),
        wide=True,
    )


def use_page(company: Company, *, problems: bool) -> Page:
    """Return the head of a look for a use."""
    title = _("支付监管") if company.kind == "payment" else _("寄递监管")
    crumb = Crumb(text=title, url=reverse(f"{company.kind}_supervision"))
    return Page(
        title=company.name,
        eyebrow=_("按用途查看"),
        crumbs=(_inbox(), crumb, Crumb(text=company.name)),
        problems=problems,
    )


def _home() -> Crumb:
    return Crumb(text=_("首页"), url="/")


def _inbox() -> Crumb:
    return Crumb(text=_("工作台"), url=reverse("casework_inbox"))


def _register() -> Crumb:
    return Crumb(text=_("寄递企业"), url=reverse("couriers"))
