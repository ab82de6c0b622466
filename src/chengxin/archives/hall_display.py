"""What the pages of the counter say: what to check, the code, whether the one print is still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.archives.contracts import Visit
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.ui.facade import Crumb, Fact, Page, day, in_language, moment


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """One application as its receipt says it."""

    title: str
    number: str
    facts: Sequence[Fact]


def hall_page() -> Page:
    """Return the head of the counter's form."""
    return Page(
        title=_("窗口打印本人信用报告"),
        lead=_(
            "本人到场才能办理，免费。屏幕上不显示报告内容，打印出来直接交给本人；本人能在“谁看过我”里看到这次办理。"
        ),
    )


def representative_page() -> Page:
    """Return the head of the form for representatives."""
    return Page(
        title=_("代理人持委托书打印信用报告"),
        lead=_("委托书要写明代理人和查询信用报告，有委托人签名。委托人会在“谁看过我”里看到这次办理和委托书的日期。"),
        crumbs=(Crumb(text=_("窗口打印"), url=reverse("hall")), Crumb(text=_("代理人"))),
    )


def filing_page() -> Page:
    """Return the head of the form that begins to fill in for a person."""
    return Page(
        title=_("窗口代填：替到场的本人提交申请"),
        lead=_(
            "给没有手机、不会上网的人用。核对证件原件以后，您按本人说的替他填写，最长一小时；办完请打印回执交给本人，再点“办完了，结束”。"
        ),
    )


def receipt_page(name: str) -> Page:
    """Return the head of the receipt a person takes home."""
    return Page(title=_("办理回执"), lead=_("%s：这张纸请保存好。") % name)


def receipt_sheets(filed: Sequence[Case]) -> list[Receipt]:
    """Return what was filed, as large as it can be said."""
    return [
        Receipt(
            title=in_language(declared.title.zh, declared.title.en),
            number=case.number,
            facts=[
                Fact(name=_("提交时间"), value=moment(case.opened_at)),
                Fact(name=_("由哪里办理"), value=casework.body_name(case.body)),
                *([Fact(name=_("最晚哪天答复"), value=day(case.due_on))] if case.due_on else []),
            ],
        )
        for case in filed
        for declared in [casework.get_procedure(case.procedure, version=case.procedure_version)]
    ]


def visit_page(found: Visit) -> Page:
    """Return the head of a visit."""
    return Page(
        title=_("报告可以打印") if found.is_open else _("这次办理已经结束"),
        lead=_("下载后请打印并交给本人，随即删除下载的文件。") if found.is_open else "",
        crumbs=(Crumb(text=_("窗口打印"), url=reverse("hall")), Crumb(text=found.code)),
    )


def visit_facts(found: Visit) -> list[Fact]:
    """Return what a clerk may know of a visit: the code, when it was made, how long its download is open."""
    state = _("还没有下载") if found.is_open else _("已经下载，或者超过了下载时间")
    return [
        Fact(name=_("验真码"), value=found.code),
        Fact(name=_("生成时间"), value=moment(found.made_at)),
        Fact(name=_("最晚下载时间"), value=moment(found.open_until)),
        Fact(name=_("下载"), value=state),
    ]
