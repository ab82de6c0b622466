"""Pages of signing in and out, and of choosing the body one acts for."""

from __future__ import annotations

from typing import cast as cast_to

from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chengxin.access import sign_in
from chengxin.access.identity import actor_of
from chengxin.kernel.refusal import Refusal
from chengxin.ui.facade import Crumb, Page, refusal_response

_NO_PASSWORD = Refusal(
    code="A-NO-PASSWORD",
    what="您的账户没有密码，所以不能修改密码。",
    why="您用别的方式登录，不需要密码。",
    next_step="需要用密码登录的，请联系本单位的管理员。",
)


class SignInPage(LoginView):  # type: ignore[misc]
    """Ask for user name and password."""

    template_name = "access/sign_in.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add what the layout needs."""
        return _titled(
            super().get_context_data(**kwargs), _("登录"), lead=_("请使用本人的账户。账户不能借给他人使用。")
        )


class SignOutPage(LogoutView):  # type: ignore[misc]
    """Ask once more, then sign out."""

    template_name = "access/sign_out.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add what the layout needs."""
        return _titled(super().get_context_data(**kwargs), _("退出登录"))


class PasswordPage(PasswordChangeView):  # type: ignore[misc]
    """Change one's own password."""

    template_name = "access/password.html"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Say to whom signs in without a password that there is none to change."""
        if request.user.is_authenticated and not request.user.has_usable_password():
            return refusal_response(request, _NO_PASSWORD)
        return cast_to("HttpResponse", super().dispatch(request, *args, **kwargs))

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add what the layout needs."""
        return _titled(super().get_context_data(**kwargs), _("修改密码"))


def locked_out(request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    """Say that sign-in is locked for a while, alike for names that exist and names that do not."""
    page = Page(title=_("登录已暂时锁定"), problems=True)
    return render(request, "access/locked_out.html", {"page": page}, status=429)


@require_POST
def choose_body(request: HttpRequest) -> HttpResponse:
    """Act for another of one's own bodies."""
    sign_in.act_for(request, body=request.POST.get("body", ""))
    return redirect(sign_in.home_of(actor_of(request)))


def cast(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demonstration's cast; this page exists only in a demonstration."""
    if request.method == "POST":
        return redirect(sign_in.as_cast_member(request, username=request.POST.get("username", "")))
    page = Page(
        title=_("选择一个角色登录"),
        lead=_("演示里的人物都是虚构的。点击一个人，以他的身份使用平台。"),
        crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=_("演示登录"))),
    )
    return render(request, "access/cast.html", {"page": page, "members": sign_in.list_cast()})


def _titled(context: dict[str, object], title: str, *, lead: str = "") -> dict[str, object]:
    # allauth brings a `site` of its own, the host, which would hide the platform's name and telephone.
    kept = {name: value for name, value in context.items() if name != "site"}
    return {**kept, "page": Page(title=title, lead=lead, crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=title)))}
