"""Forms of the second factor in our words; what they check is allauth's."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

_CODE = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}


def _code(label: Any, hint: Any) -> forms.CharField:  # noqa: ANN401 - a text that is translated when it is read
    return forms.CharField(label=label, help_text=hint, max_length=20, widget=forms.TextInput(attrs=_CODE))


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """Take the code of an app, or a recovery code, at sign-in."""

    code = _code(_("验证码"), _("验证器应用里的6位数字。手机不在身边时，可以填一个备用码。"))


class CodeAgainForm(ReauthenticateForm):  # type: ignore[misc]
    """Take the same code to prove again who is at the screen."""

    code = _code(_("验证码"), _("验证器应用里的6位数字。手机不在身边时，可以填一个备用码。"))


class ActivateForm(ActivateTOTPForm):  # type: ignore[misc]
    """Take the first code of an app that was just set up."""

    code = _code(_("应用里显示的验证码"), _("6位数字，每30秒换一次。"))


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Take a passkey with the name its owner knows it by."""

    name = forms.CharField(
        label=_("给它起个名字"), help_text=_("例如：办公室的电脑、手机。"), max_length=40, required=False
    )


class PasswordAgainForm(forms.Form):
    """Take the password to prove again who is at the screen."""

    password = forms.CharField(
        label=_("密码"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}), strip=False
    )
