"""Addresses of mandates."""

from django.urls import path

from chengxin.representation import law_pages, pages

urlpatterns = [
    path("me/representation", pages.representation, name="representation"),
    path("me/representation/new", pages.new, name="representation_new"),
    path("me/representation/stop", pages.stop, name="representation_stop"),
    path("me/representation/<uuid:mandate_id>/accept", pages.accept, name="representation_accept"),
    path("me/representation/<uuid:mandate_id>/begin", pages.begin, name="representation_begin"),
    path("me/representation/<uuid:mandate_id>/end", pages.end, name="representation_end"),
    path("me/representation/apply", law_pages.apply, name="representation_apply"),
    path("me/representation/arrange", law_pages.arrange, name="representation_arrange"),
    path("me/representation/applications/<str:number>", law_pages.application, name="representation_application"),
    path("me/representation/applications/<str:number>/contest", law_pages.contest, name="representation_contest"),
    path("me/representation/contests/<str:number>", law_pages.own_contest, name="representation_own_contest"),
    path("office/cases/<uuid:case_id>/representation", law_pages.check, name="representation_check"),
]
