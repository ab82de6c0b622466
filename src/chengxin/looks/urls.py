"""Addresses of looks."""

from django.urls import path

from chengxin.looks import http, pages

urlpatterns = [
    path("me/looks", pages.looks, name="looks"),
    path("me/looks/<uuid:event_id>", pages.look, name="look"),
    path("me/looks/<uuid:event_id>/proof", pages.proof, name="look_proof"),
    path("me/looks/<uuid:event_id>/challenge", pages.challenge, name="look_challenge"),
    path("openness/log-keys.txt", pages.keys, name="log_keys"),
    path("api/v1/me/looks", http.own_looks, name="api_looks"),
]
