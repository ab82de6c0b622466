"""Addresses of inspections."""

from django.urls import path

from chengxin.inspections import check_pages, pages, public_pages, supervising_pages

urlpatterns = [
    path("inspections", public_pages.inspections, name="inspections"),
    path("inspections/<str:number>", public_pages.inspection, name="inspection"),
    path("inspections/<str:number>/population.txt", public_pages.population, name="inspection_population"),
    path("feedback/supervisors", supervising_pages.supervisors, name="supervisors"),
    path("me/supervision/<str:number>", supervising_pages.own_visit, name="own_visit"),
    path("reg/supervisors", supervising_pages.desk, name="supervisors_desk"),
    path("reg/visits/<uuid:case_id>/pass-on", supervising_pages.pass_on, name="pass_on_visit"),
    path("prices", check_pages.prices, name="prices"),
    path("reg/checks/prices", check_pages.check, {"what": "prices", "workbench": "reg"}, name="check_prices"),
    path("reg/checks/page", check_pages.check, {"what": "page", "workbench": "reg"}, name="check_page"),
    path("biz/platform/checks/prices", check_pages.check, {"what": "prices", "workbench": "biz"}, name="own_prices"),
    path("biz/platform/checks/page", check_pages.check, {"what": "page", "workbench": "biz"}, name="own_page"),
    path("biz/shop/inspections/<uuid:sample_id>", public_pages.own_inspection, name="own_inspection"),
    path("reg/inspections", pages.desk, name="inspections_desk"),
    path("reg/inspections/<str:number>", pages.plan_desk, name="inspection_desk"),
    path("reg/samples/<uuid:sample_id>/buy", pages.enter, {"step": "buy"}, name="sample_buy"),
    path("reg/samples/<uuid:sample_id>/report", pages.enter, {"step": "report"}, name="sample_report"),
    path("reg/samples/<uuid:sample_id>/tell", pages.enter, {"step": "tell"}, name="sample_tell"),
    path("reg/samples/<uuid:sample_id>/retest", pages.enter, {"step": "retest"}, name="sample_retest"),
    path("reg/samples/<uuid:sample_id>/determination", pages.determination, name="sample_determination"),
]
