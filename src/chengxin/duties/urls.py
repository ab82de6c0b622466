"""Addresses of rules and measures."""

from django.urls import path

from chengxin.duties import pages

urlpatterns = [
    path("platforms/<str:body>/rules", pages.rules, name="platform_rules"),
    path("biz/platform/rules", pages.file_rule, name="file_platform_rule"),
    path("biz/platform/actions", pages.actions, name="platform_actions"),
    path("biz/shop/<uuid:shop_id>/actions/<str:number>", pages.own_action, name="own_action"),
]
