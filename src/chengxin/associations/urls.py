"""Addresses of associations."""

from django.urls import path

from chengxin.associations import pages

urlpatterns = [
    path("asc", pages.charter, name="association"),
    path("asc/members", pages.members, name="association_members"),
    path("asc/members/leave", pages.leave, name="association_leave"),
    path("asc/acts", pages.acts, name="association_acts"),
    path("office/associations", pages.register, name="register_association"),
    path("me/associations", pages.own, name="own_associations"),
    path("me/associations/<str:number>", pages.own_act, name="own_association_act"),
]
