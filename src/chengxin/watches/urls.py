"""Addresses of watches."""

from django.urls import path

from chengxin.watches import pages

urlpatterns = [
    path("dept/watches", pages.watches, name="watches"),
    path("dept/watches/new", pages.new_watch, name="watch_new"),
    path("dept/watches/<uuid:watch_id>", pages.watch, name="watch"),
    path("dept/watches/<uuid:watch_id>/end", pages.end, name="watch_end"),
    path("me/watches", pages.own_watches, name="own_watches"),
]
