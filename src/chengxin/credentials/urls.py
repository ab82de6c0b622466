"""Addresses of credentials."""

from django.urls import path

from chengxin.credentials import http, pages

urlpatterns = [
    path("me/credentials", pages.credentials, name="credentials"),
    path("me/credentials/<uuid:credential_id>/revoke", pages.revoke, name="credential_revoke"),
    path("api/v1/credentials/status/<uuid:list_id>", http.status, name="api_credential_status"),
    path(".well-known/jwt-vc-issuer", http.issuer, name="credential_issuer"),
]
