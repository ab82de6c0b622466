"""Addresses of `access`; the cast's sign-in is not even routed outside a demonstration."""

from allauth.account.views import account_inactive
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from chengxin.access import factor_pages, pages, tokens

# The names are allauth's, which leads from one of its pages to another by them.
SECOND_FACTOR = [
    path("", factor_pages.FactorsPage.as_view(), name="mfa_index"),
    path("step", factor_pages.SecondStepPage.as_view(), name="mfa_authenticate"),
    path("app", factor_pages.AppPage.as_view(), name="mfa_activate_totp"),
    path("app/remove", factor_pages.AppRemovalPage.as_view(), name="mfa_deactivate_totp"),
    path("passkey", factor_pages.PasskeyPage.as_view(), name="mfa_add_webauthn"),
    path("passkey/<int:pk>/remove", factor_pages.PasskeyRemovalPage.as_view(), name="mfa_remove_webauthn"),
    path("codes", factor_pages.CodesPage.as_view(), name="mfa_view_recovery_codes"),
    path("codes/new", factor_pages.NewCodesPage.as_view(), name="mfa_generate_recovery_codes"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in", pages.SignInPage.as_view(), name="account_login"),
    path("sign-out", pages.SignOutPage.as_view(), name="account_logout"),
    path("api/v1/oauth/token", tokens.token, name="oauth_token"),
    path("account/inactive", account_inactive, name="account_inactive"),
    path("account/password", pages.PasswordPage.as_view(), name="account_change_password"),
    path("account/body", pages.choose_body, name="access_body"),
    path("account/second-factor/", include(SECOND_FACTOR)),
]
if settings.DEMO:
    urlpatterns.append(path("demo/sign-in", pages.cast, name="access_cast"))
