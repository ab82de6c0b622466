"""Addresses of indicator standards."""

from django.urls import path

from chengxin.standards import pages

urlpatterns = [
    # Before the slug: `indicators` is no standard.
    path("standards/indicators", pages.standards, name="indicator_standards"),
    path("standards/<slug:slug>", pages.current, name="standard"),
    path("standards/<slug:slug>/<int:number>", pages.version, name="standard_version"),
    path("standards/<slug:slug>/try", pages.simulate, name="standard_try"),
]
