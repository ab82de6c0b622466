"""Addresses of objections."""

from django.urls import path

from chengxin.objections import office_pages, pages

urlpatterns = [
    path("me/objections", pages.objections, name="objections"),
    path("me/objections/new/<uuid:record_id>", pages.new, name="objection_new"),
    path("me/objections/<str:number>", pages.objection, name="objection"),
    path("office/cases/<uuid:case_id>/content", office_pages.content, name="objection_content"),
    path("office/cases/<uuid:case_id>/correct", office_pages.correct, name="objection_correct"),
    path("office/fairness", office_pages.fairness, name="objections_fairness"),
]
