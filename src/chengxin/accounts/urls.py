"""Addresses about accounts."""

from django.urls import path

from chengxin.accounts import pages

urlpatterns = [
    path("office/accounts/reset", pages.reset, name="account_reset"),
    path("account/appeal", pages.appeal, name="account_appeal"),
]
