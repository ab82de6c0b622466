"""Addresses of matters."""

from django.urls import path

from chengxin.matters import pages

urlpatterns = [
    path("dept/matters", pages.matters, name="matters"),
    path("dept/matters/<slug:kind>", pages.matter, name="matter"),
]
