"""Addresses of matching."""

from django.urls import path

from chengxin.matching import pages

urlpatterns = [
    path("dept/matching", pages.matching, name="matching"),
    path("dept/matching/<uuid:clearance_id>/confirm", pages.confirm, name="clearance_confirm"),
    path("dept/matching/<uuid:clearance_id>/take-back", pages.take_back, name="clearance_take_back"),
]
