"""Addresses of leads."""

from django.urls import path

from chengxin.leads import pages, platform_pages

urlpatterns = [
    path("reg/leads", pages.leads, name="leads"),
    path("reg/crossborder", pages.leads, {"field": "customs"}, name="crossborder"),
    path("reg/leads/<uuid:lead_id>/determination", pages.determination, name="lead_determination"),
    path("biz/platform/leads", platform_pages.reports, name="platform_leads"),
    path("biz/shop/leads", pages.own_leads, name="own_leads"),
    path("biz/shop/leads/<uuid:lead_id>", pages.own_lead, name="own_lead"),
]
