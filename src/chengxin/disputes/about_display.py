"""Whom a complaint is about, as parts of the ui: a shop, or a courier company."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.facade import body_name
from chengxin.couriers import facade as couriers
from chengxin.couriers.contracts import Company
from chengxin.disputes import facade
from chengxin.disputes.contracts import COURIER, Dispute
from chengxin.disputes.shop_display import promise_facts
from chengxin.market import facade as market
from chengxin.market.contracts import Shop
from chengxin.ui.facade import Fact, Link


def address_of(uscc: str) -> str:
    """Return the address of a courier company's page; it stands for the company from screen to screen."""
    return reverse("courier", args=[uscc])


def about_code(code: str) -> Shop | Company:
    """Return whom a parcel, an order or the address of a page leads to, or refuse."""
    company = facade.find_company_code(code)
    return couriers.get_company(company) if company else facade.locate(code)


def about_of(found: Dispute) -> Shop | Company:
    """Return whom a complaint is about."""
    if found.shop_id is not None:
        return market.get_shop(found.shop_id)
    return couriers.get_company(str(found.case.facts["number"]))


def name_of(about: Shop | Company) -> str:
    """Return how a shop or a company is called."""
    return about.name if isinstance(about, Company) else market.name_of_shop(about)


def about_fact(about: Shop | Company) -> Fact:
    """Return whom it is about, with the page of it."""
    if isinstance(about, Company):
        link = Link(text=_("企业的页面"), url=address_of(about.uscc))
        return Fact(name=_("寄递企业"), value=about.name, hint=body_name(about.authority), link=link)
    link = Link(text=_("店铺的页面"), url=reverse("shop", args=[about.id]))
    return Fact(name=_("店铺"), value=market.name_of_shop(about), hint=body_name(about.platform), link=link)


def about_facts(about: Shop | Company) -> list[Fact]:
    """Return whom it is about and what a shop promises; nothing of any trade."""
    promised = [] if isinstance(about, Company) else promise_facts(facade.find_promise(about.id))
    return [about_fact(about), *promised]


def authority_word(procedure: str) -> str:
    """Return which authority a complaint goes up to."""
    return _("邮政管理部门") if procedure == COURIER else _("市场监管部门")


def readers(procedure: str) -> str:
    """Say who reads the course beside the consumer."""
    if procedure == COURIER:
        return _("寄递企业和邮政管理部门看到的一样。")
    return _("店铺、平台和市场监管部门看到的一样。")


def in_hands(found: Dispute) -> str:
    """Say whose turn it is: who answers first, then the authority."""
    if found.procedure == COURIER:
        return body_name(found.case.body) if found.case.state == "received" else _("寄递企业")
    if found.case.body == found.platform:
        return _("店铺，%s协助") % body_name(found.platform)
    return body_name(found.case.body)
