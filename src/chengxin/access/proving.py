"""Ask again who is at the screen (重新验证), then go on with what was being done, its form unharmed.

An act asks by raising `ProofNeeded`. The answer is a page at the same address that carries what was posted as hidden
fields; when the proof is right the request goes on to its page as if nothing had been asked. Nothing of the form is
kept on the server but its files, sealed for minutes under a key the page holds (`carrying.py`). No script is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from chengxin.access import carrying, models, proofs, sign_in
from chengxin.access.contracts import ProofNeeded
from chengxin.access.forms import CodeAgainForm, PasswordAgainForm
from chengxin.access.rules import PROVE_AGAIN
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.ui.facade import Crumb, Page, private, problem_response, refusal_response, wants_problem

PREFIX: Final = "proof"
MARK: Final = "proof-for"
CREDENTIAL: Final = "proof-credential"
FILES: Final = "proof-files"
_OWN: Final = frozenset({"csrfmiddlewaretoken", MARK, CREDENTIAL, FILES, "proof-code", "proof-password"})
_LOOKING, _DOING, _SENDING = "look", "do", "send"


class ProofMiddleware:
    """Answer `ProofNeeded` with the question, and take the answer before the page gets its request back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: object, _kwargs: object) -> HttpResponse | None:
        """Check a proof that comes with a request; after Django checked that the form is ours."""
        # Who is not signed in is asked nothing, and a program's body is left unread for its view.
        if request.method != "POST" or not request.user.is_authenticated or MARK not in request.POST:
            return None
        form = _bound_form(request)
        if not (form.is_valid() and _is_proved(request, form)):
            return _ask(request, form)
        request.chengxin_actor = None  # type: ignore[attr-defined]
        if request.POST[MARK] != _DOING:
            return HttpResponseRedirect(request.get_full_path())
        return _go_on(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Ask for a proof where a page or one of allauth's needs one."""
        if not isinstance(exception, (ProofNeeded, ReauthenticationRequired)) or not request.user.is_authenticated:
            return None
        if wants_problem(request):
            return problem_response(_QUESTION, 403)
        return _ask(request, _empty_form(request))


def _go_on(request: HttpRequest) -> HttpResponse | None:
    """Give the request back what was posted before the question, its files too."""
    if request.POST.get(FILES):
        try:
            request._files = carrying.take_files(request, request.POST[FILES])  # type: ignore[attr-defined]  # noqa: SLF001 - as Django's own upload handlers leave them
        except Refused as refused:
            return refusal_response(request, refused.refusal)
    rest = request.POST.copy()
    for name in _OWN & rest.keys():
        del rest[name]
    request.POST = rest  # type: ignore[assignment]
    return None


_QUESTION: Final = Refusal(
    code=PROVE_AGAIN,
    what="请再次确认是您本人。",
    why="这一步事关重大，您上次验证身份已经有一段时间了。",
    next_step="请重新验证，然后继续。",
)


class _OneClickForm(forms.Form):
    """Ask nothing: one of the demonstration's cast says that it is them."""


def _form(request: HttpRequest, data: object = None) -> forms.Form:
    account = cast("models.Account", request.user)
    if proofs.holds_factor(account):
        return cast("forms.Form", CodeAgainForm(data, user=account, prefix=PREFIX))
    if sign_in.is_cast_member(account):
        return _OneClickForm(cast("Any", data), prefix=PREFIX)
    return PasswordAgainForm(cast("Any", data), prefix=PREFIX)


def _empty_form(request: HttpRequest) -> forms.Form:
    return _form(request)


def _bound_form(request: HttpRequest) -> forms.Form:
    if request.POST.get(CREDENTIAL):
        passkey = ReauthenticateWebAuthnForm({"credential": request.POST[CREDENTIAL]}, user=request.user)
        return cast("forms.Form", passkey)
    return _form(request, request.POST)


def _is_proved(request: HttpRequest, form: forms.Form) -> bool:
    """Write the proof into the session, or say on the form why it is none."""
    if isinstance(form, (CodeAgainForm, ReauthenticateWebAuthnForm)):
        form.save()
        return True
    if isinstance(form, _OneClickForm):
        proofs.note_second_factor(request, cast("models.Account", request.user), kind="cast")
        return True
    if get_adapter().reauthenticate(request.user, form.cleaned_data["password"]):
        reauthenticate_by_password(request)
        return True
    form.add_error("password", _("密码不对。"))
    return False


def _ask(request: HttpRequest, form: forms.Form) -> HttpResponse:
    """Show the question with what was posted, so that nothing of it is lost."""
    account = cast("models.Account", request.user)
    has_passkey = is_mfa_enabled(account, [Authenticator.Type.WEBAUTHN])
    if isinstance(form, ReauthenticateWebAuthnForm):
        passkey_errors = [str(error) for error in form.errors.get("credential", ())]
        form = _empty_form(request)
        for error in passkey_errors:
            form.errors.setdefault("__all__", form.error_class()).append(error)
    held = _held(request)
    title, mark = _("请再次确认是您本人"), _mark(request, is_held=held is not None)
    kept = _("这一步事关重大。您上次验证身份已经有一段时间了，验证以后接着办，已经填写的内容不会丢失。")
    context = {
        "page": Page(
            title=title,
            lead=_("这一步事关重大。您上次验证身份已经有一段时间了。") if mark == _SENDING else kept,
            crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=title)),
            problems=bool(form.errors),
        ),
        "form": form,
        "mark": mark,
        "held": held,
        "carried": [(name, value) for name, values in request.POST.lists() if name not in _OWN for value in values],
        "passkey": {"request_options": begin_authentication(account)} if has_passkey else None,
        "minutes": settings.FRESH_SECONDS // 60,
    }
    return private(render(request, "access/prove.html", context, status=403))


def _held(request: HttpRequest) -> str | None:
    """Return the word for the files of a form: of those that came now, or that came before a wrong proof."""
    if request.method != "POST":
        return None
    return carrying.hold_files(request) if request.FILES else request.POST.get(FILES) or None


def _mark(request: HttpRequest, *, is_held: bool) -> str:
    """Tell what follows a right proof: the page anew, the posted form, or the page anew as its files were too large."""
    if request.method == "POST" and MARK in request.POST:
        return request.POST[MARK]
    if request.method != "POST":
        return _LOOKING
    return _SENDING if request.FILES and not is_held else _DOING
