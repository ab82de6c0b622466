"""Addresses of a person's own consents and of data-cooperation agreements."""

from django.urls import path

from chengxin.consents import agreement_pages, pages

urlpatterns = [
    path("me/consents", pages.consents, name="consents"),
    path("me/consents/declined", pages.declined, name="consent_declined"),
    path("me/consents/freeze", pages.freeze, name="consent_freeze"),
    path("me/consents/<uuid:consent_id>/withdraw", pages.withdraw, name="consent_withdraw"),
    path("agreements", agreement_pages.published, name="agreements"),
    path("office/agreements", agreement_pages.managed, name="manage_agreements"),
    path("office/agreements/<uuid:agreement_id>", agreement_pages.change, name="change_agreement"),
    path("me/consents/requests/<str:code>", pages.request_page, name="consent_request"),
]
