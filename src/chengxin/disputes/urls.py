"""Addresses of complaints."""

from django.urls import path

from chengxin.disputes import handling_pages, hotline_pages, pages

urlpatterns = [
    path("complain", pages.complain, name="complain"),
    path("complain/follow", pages.follow, name="follow_dispute"),
    path("reg/hotlines", hotline_pages.hotlines, name="hotlines"),
    path("biz/promises", handling_pages.own_promises, name="own_promises"),
    path("biz/complaints", handling_pages.disputes, name="disputes"),
    path("biz/complaints/<uuid:dispute_id>", handling_pages.dispute, name="dispute"),
    path("biz/complaints/<uuid:dispute_id>/papers/<str:digest>", handling_pages.paper, name="dispute_paper"),
    path("biz/shops/<uuid:shop_id>/promises", handling_pages.promises, name="shop_promises"),
]
