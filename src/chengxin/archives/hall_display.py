"""What the pages of the counter say: what to check, the code, whether the one print is still open."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.archives.contracts import Visit
from chengxin.ui.facade import Crumb, Fact, Page, moment


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
