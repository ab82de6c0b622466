"""Addresses of a person's own consents."""

from django.urls import path

from chengxin.consents import pages

urlpatterns = [
    path("me/consents", pages.consents, name="consents"),
    path("me/consents/declined", pages.declined, name="consent_declined"),
    path("me/consents/freeze", pages.freeze, name="consent_freeze"),
    path("me/consents/<uuid:consent_id>/withdraw", pages.withdraw, name="consent_withdraw"),
    path("me/consents/requests/<str:code>", pages.request_page, name="consent_request"),
]
