"""Addresses of `casework`."""

from django.urls import path

from chengxin.casework import pages, service_pages

urlpatterns = [
    path("dept/inbox", pages.inbox, name="casework_inbox"),
    path("dept/inbox/resting", pages.resting, name="casework_resting"),
    path("dept/cases/<uuid:case_id>", pages.case, name="casework_case"),
    path("office/cases/<uuid:case_id>", pages.case, name="casework_office_case"),
    path("dept/cases/<uuid:case_id>/steps", pages.take_verb, name="casework_take"),
    path("dept/cases/<uuid:case_id>/hands", pages.move, name="casework_move"),
    path("dept/cases/<uuid:case_id>/papers/<str:digest>", pages.paper, name="casework_paper"),
    path("me/cases/<uuid:case_id>/papers/<str:digest>", pages.own_paper, name="casework_own_paper"),
    path("service-performance", service_pages.performance, name="service_performance"),
    path("office/overdue", service_pages.overdue, name="casework_overdue"),
    path("office/confirm-rates", service_pages.confirm_rates, name="casework_confirm_rates"),
]
