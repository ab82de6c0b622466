"""Addresses of credit repair."""

from django.urls import path

from chengxin.repair import dept_pages, guide_pages, pages

urlpatterns = [
    path("repair-guide", guide_pages.guide, name="repair_guide"),
    path("me/repairs", pages.repairs, name="repairs"),
    path("me/repairs/apply/<uuid:record_id>", pages.apply, name="repair_apply"),
    path("me/repairs/<str:number>", pages.application, name="repair_application"),
    path("me/repairs/<str:number>/withdraw", pages.withdraw, name="repair_withdraw"),
    path("me/repairs/<str:number>/decision", pages.decision, name="repair_decision"),
    path("dept/repairs/<uuid:application_id>", dept_pages.handling, name="repair_handling"),
    path("dept/repairs/<uuid:application_id>/papers/<uuid:paper_id>", dept_pages.paper, name="repair_paper"),
]
