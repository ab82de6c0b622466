"""Addresses of tips."""

from django.urls import path

from chengxin.complaints import office_pages, pages

urlpatterns = [
    path("report-lead", pages.report, name="report_lead"),
    path("report-lead/follow", pages.follow, name="follow_tip"),
    path("openness/tips", pages.counts, name="tip_counts"),
    path("office/tips", office_pages.tips, name="tips"),
    path("office/tips/<uuid:tip_id>", office_pages.tip, name="tip"),
    path("office/tips/<uuid:tip_id>/papers/<str:digest>", office_pages.paper, name="tip_paper"),
]
