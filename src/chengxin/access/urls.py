"""Addresses of `access`; the cast's sign-in is not even routed outside a demonstration."""

from allauth.account.views import account_inactive
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from chengxin.access import pages, tokens

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in", pages.SignInPage.as_view(), name="account_login"),
    path("sign-out", pages.SignOutPage.as_view(), name="account_logout"),
    path("api/v1/oauth/token", tokens.token, name="oauth_token"),
    path("account/inactive", account_inactive, name="account_inactive"),
    path("account/password", pages.PasswordPage.as_view(), name="account_change_password"),
    path("account/confirm", pages.ConfirmPage.as_view(), name="account_reauthenticate"),
    path("account/body", pages.choose_body, name="access_body"),
    path("account/second-factor/", include("allauth.mfa.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/sign-in", pages.cast, name="access_cast"))
