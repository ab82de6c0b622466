"""Pages of the second factor (第二重验证): what is set up, an app, passkeys, recovery codes, and the step at sign-in.

What they do is allauth's; here are our layout, our words, an event for each change, and that the session of whoever
just set a factor up counts as having proved it.
"""

from __future__ import annotations

from typing import cast

from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from chengxin.access import factors, models, proofs
from chengxin.access.adapter import actor_of_user, home_of, note_factor
from chengxin.access.factor_resets import last_reset
from chengxin.ui.facade import Crumb, Page, State, Tone


class _Titled:
    """Give a page of allauth its title, its lead and the way back."""

    title = ""
    lead = ""
    request: HttpRequest

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add what the layout needs."""
        context: dict[str, object] = super().get_context_data(**kwargs)  # type: ignore[misc]
        crumbs = [Crumb(text=_("首页"), url="/")]
        title = self.words()[0]
        if self.request.user.is_authenticated and title != _("账户安全"):
            crumbs.append(Crumb(text=_("账户安全"), url="/account/second-factor/"))
        page = Page(title=title, lead=self.words()[1], crumbs=(*crumbs, Crumb(text=title)))
        return {**context, "page": page}

    def words(self) -> tuple[str, str]:
        """Return title and lead in the reader's language."""
        raise NotImplementedError

    @property
    def account(self) -> models.Account:
        """Return whose factors these are."""
        return cast("models.Account", self.request.user)


@method_decorator(never_cache, name="dispatch")
class FactorsPage(_Titled, IndexView):  # type: ignore[misc]
    """Show which factors an account has, and what is still owed."""

    template_name = "access/factors.html"

    def words(self) -> tuple[str, str]:
        """Return title and lead in the reader's language."""
        return _("账户安全"), _("密码之外再验证一次：即使密码被别人知道，也进不了您的账户。")

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add whether a post waits for a factor, and where to go on."""
        context = super().get_context_data(**kwargs)
        found = cast("dict[str, object]", context["authenticators"])
        codes = found.get(Authenticator.Type.RECOVERY_CODES)
        return {
            **context,
            "app": found.get(Authenticator.Type.TOTP),
            "app_state": State(word=_("已启用"), tone=Tone.DONE),
            "passkeys": found.get(Authenticator.Type.WEBAUTHN, []),
            "codes_left": len(codes.get_unused_codes()) if codes else 0,  # type: ignore[attr-defined]
            "is_owed": factors.has_posts(self.account) and not proofs.has_second_factor(self.request),
            "home": home_of(actor_of_user(self.account)),
            "reset": last_reset(self.account),
        }


@method_decorator(never_cache, name="dispatch")
class SecondStepPage(_Titled, AuthenticateView):  # type: ignore[misc]
    """Ask for the second factor after the password."""

    template_name = "access/second_step.html"

    def words(self) -> tuple[str, str]:
        """Return title and lead in the reader's language."""
        return _("第二重验证"), _("密码正确。请再用您设置的方式验证一次。")


@method_decorator(never_cache, name="dispatch")
class AppPage(_Titled, ActivateTOTPView):  # type: ignore[misc]
    """Set up an authenticator app (TOTP)."""

    template_name = "access/app.html"

    def words(self) -> tuple[str, str]:
        """Return title and lead in the reader's language."""
        return _("设置验证器应用"), ""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Keep the app, and let this session count as having proved it."""
        response: HttpResponse = super().form_valid(form)
        note_factor(self.account, change="add:totp")
        proofs.note_second_factor(self.request, self.account, kind="totp")
        return response


class AppRemovalPage(_Titled, DeactivateTOTPView):  # type: ignore[misc]
    """Stop using an authenticator app."""

    template_name = "access/factor_removal.html"

    def words(self) -> tuple[str, str]:
        """Return title and lead in the reader's language."""
        return _("停用验证器应用"), _("停用以后，登录时不再要这个应用的验证码。")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Take the app away, with its event."""
        response: HttpResponse = super().form_valid(form)
        note_factor(self.account, change="remove:totp")
        return response


@method_decorator(never_cache, name="dispatch")
class PasskeyPage(_Titled, AddWebAuthnView):  # type: ignore[misc]
    """Add a passkey (通行密钥)."""

    template_name = "access/passkey.html"

    def words(self) -> tuple[str, str]:
        """Return title and lead in the reader's language."""
        return _("添加通行密钥"), _(
            "用这台设备的指纹、面容或者开机密码验证，也可以用安全密钥。指纹和面容不离开您的设备。"
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Keep the passkey, and let this session count as having proved it."""
        response: HttpResponse = super().form_valid(form)
        note_factor(self.account, change="add:passkey")
        proofs.note_second_factor(self.request, self.account, kind="webauthn")
        return response


class PasskeyRemovalPage(_Titled, RemoveWebAuthnView):  # type: ignore[misc]
    """Take a passkey away."""

    template_name = "access/factor_removal.html"
    success_url = "/account/second-factor/"

    def words(self) -> tuple[str, str]:
        """Return title and lead in the reader's language."""
        name = self.object.wrap().name
        return _("删除通行密钥“{name}”").replace("{name}", name), _("删除以后，不能再用它登录。")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Take the passkey away, unless it is the last factor of somebody with a post."""
        adapter = factors.FactorAdapter()
        if not adapter.can_delete_authenticator(self.object):
            form.add_error(None, adapter.validation_error("cannot_delete_authenticator"))
            return cast("HttpResponse", self.form_invalid(form))
        response: HttpResponse = super().form_valid(form)
        note_factor(self.account, change="remove:passkey")
        return response


@method_decorator(never_cache, name="dispatch")
class CodesPage(_Titled, ViewRecoveryCodesView):  # type: ignore[misc]
    """Show the recovery codes (备用码) that are left."""

    template_name = "access/codes.html"

    def words(self) -> tuple[str, str]:
        """Return title and lead in the reader's language."""
        return _("备用码"), _("手机或者密钥不在身边时，用一个备用码代替。每个只能用一次。")

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add where to go on."""
        return {**super().get_context_data(**kwargs), "home": home_of(actor_of_user(self.account))}


class NewCodesPage(_Titled, GenerateRecoveryCodesView):  # type: ignore[misc]
    """Make new recovery codes; those before are void."""

    template_name = "access/new_codes.html"

    def words(self) -> tuple[str, str]:
        """Return title and lead in the reader's language."""
        return _("生成新的备用码"), _("生成以后，以前的备用码全部作废。")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Make them, with the event."""
        response: HttpResponse = super().form_valid(form)
        note_factor(self.account, change="add:recovery_codes")
        return response
