"""Addresses of retention."""

from django.urls import path

from chengxin.retention import pages

urlpatterns = [
    path("rules/retention", pages.rules, name="retention_rules"),
    path("office/destructions", pages.destructions, name="destructions"),
]
