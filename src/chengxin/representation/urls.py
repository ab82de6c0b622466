"""Addresses of mandates."""

from django.urls import path

from chengxin.representation import pages

urlpatterns = [
    path("me/representation", pages.representation, name="representation"),
    path("me/representation/new", pages.new, name="representation_new"),
    path("me/representation/stop", pages.stop, name="representation_stop"),
    path("me/representation/<uuid:mandate_id>/accept", pages.accept, name="representation_accept"),
    path("me/representation/<uuid:mandate_id>/begin", pages.begin, name="representation_begin"),
    path("me/representation/<uuid:mandate_id>/end", pages.end, name="representation_end"),
]
