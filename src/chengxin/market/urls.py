"""Addresses of platforms and shops."""

from django.urls import path

from chengxin.market import biz_pages, graph_pages, pages, warning_pages

urlpatterns = [
    path("ecommerce", graph_pages.ecommerce, name="ecommerce"),
    path("ecommerce/<slug:kind>/<str:key>", graph_pages.node, name="trade_node"),
    path("platforms", pages.platforms, name="platforms"),
    path("platforms/<str:body>", pages.platform, name="platform"),
    path("shops/<uuid:shop_id>", pages.shop, name="shop"),
    path("shops/<uuid:shop_id>/badge", pages.badge, name="shop_badge"),
    path("shops/<uuid:shop_id>/badge.svg", pages.badge_picture, name="shop_badge_picture"),
    path("warnings", warning_pages.warnings, name="warnings"),
    path("biz/platform/warnings", warning_pages.own_warnings, name="own_warnings"),
    path("biz/platform/merchants", biz_pages.platform_shops, name="platform_shops"),
    path("biz/shop/licences", biz_pages.own_shops, name="own_shops"),
]
