"""What complaints add to the page of a courier company or a payment institution: figures, and the way to complain."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.contracts import Panel
from chengxin.couriers.contracts import Company
from chengxin.disputes.company_figures import courier_figures, payment_figures
from chengxin.ui.facade import Fact, share


def of_company(company: Company, *, now: datetime) -> Panel:
    """Return the panel of a company: its figures, and for a courier the door to complain."""
    if company.kind == "courier":
        facts, door = _courier(company, now=now), f"{reverse('complain')}?courier={company.uscc}"
    else:
        facts, door = _payment(company, now=now), ""
    return Panel(template="disputes/company.html", context={"figures": facts, "door": door})


def _courier(company: Company, *, now: datetime) -> list[Fact]:
    held = courier_figures(company.subject_id, now=now)
    return [
        Fact(name=_("%s天内的寄递投诉") % held.days, value=_("%s件") % held.complaints),
        Fact(
            name=_("七日内处理并告知"),
            value=_in_all(held.in_time, held.due),
            hint=_rate(held.in_time, held.share, held.due),
        ),
        Fact(name=_("转邮政管理部门"), value=_("%s件") % held.went_up),
    ]


def _payment(company: Company, *, now: datetime) -> list[Fact]:
    held = payment_figures(company.uscc, now=now)
    ended = _("已解决%(settled)s件，没有办完%(running)s件")
    return [
        Fact(
            name=_("%s天内写明支付机构的付款投诉") % held.days,
            value=_in_all(held.of_this, held.named),
            hint=_rate(held.of_this, held.share, held.named),
        ),
        Fact(name=_("办理情况"), value=ended % {"settled": held.settled, "running": held.running}),
    ]


def _in_all(part: int, whole: int) -> str:
    return _("%(part)s件，共%(whole)s件") % {"part": part, "whole": whole}


def _rate(part: int, known: float | None, whole: int) -> str:
    return _("件数太少，不算比例") if known is None else share(part, whole)
