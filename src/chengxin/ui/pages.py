"""The pages of `ui` itself: answers to failed requests, where a workbench begins, the demonstration's style page."""

from __future__ import annotations

import sys

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from chengxin.kernel.actor import ANYONE
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.ui.contracts import Page
from chengxin.ui.menus import actor_of, menu_for
from chengxin.ui.middleware import is_outage
from chengxin.ui.refusals import SIGN_IN, error_page
from chengxin.ui.specimens import StyleForm, specimens


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - the signature Django calls
    """Answer 400."""
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - the signature Django calls
    """Answer 403 as absent: what somebody may not see looks like what is not there."""
    return error_page(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - the signature Django calls
    """Answer a form whose token does not fit."""
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - the signature Django calls
    """Answer 404."""
    return error_page(request, 404)


def fault(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 when an outage failed a middleware, where no exception hook is asked."""
    return error_page(request, 503 if is_outage(sys.exc_info()[1]) else 500)


def workbench(request: HttpRequest, section: str) -> HttpResponse:
    """Show where work begins: everything the menu of a workbench offers to this reader."""
    items = menu_for(request, section) if actor_of(request) != ANYONE else ()
    if not items:
        raise Refused(Refusal(code=SIGN_IN, what="请先登录。", next_step="登录后会显示您的岗位可以办的事。"))
    page = Page(title=_("工作台"), lead=_("您的岗位可以办的事。"))
    return render(request, "ui/workbench.html", {"page": page, "workbench": section, "items": items})


def style_page(request: HttpRequest) -> HttpResponse:
    """Show every part, in the demonstration only."""
    if not settings.DEMO:
        raise Http404
    form = StyleForm(request.GET) if "wrong" in request.GET else StyleForm()
    return render(request, "ui/style.html", {**specimens(request), "form": form})


def style_error(request: HttpRequest, status: int) -> HttpResponse:
    """Show one error page, in the demonstration only."""
    if not settings.DEMO:
        raise Http404
    return error_page(request, status)
