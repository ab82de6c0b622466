"""Addresses of presentations."""

from django.urls import path

from chengxin.presentations import pages

urlpatterns = [
    path("me/presentations", pages.presentations, name="presentations"),
    path("me/presentations/new", pages.new, name="new_presentation"),
    path("me/presentations/<uuid:presentation_id>/take-back", pages.take_back, name="presentation_take_back"),
    path("verify/shown", pages.shown, name="verify_shown"),
    path("verify/shown/<str:code>", pages.shown, name="verify_shown_code"),
]
