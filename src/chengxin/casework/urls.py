"""Addresses of `casework`."""

from django.urls import path

from chengxin.casework import pages

urlpatterns = [
    path("dept/inbox", pages.inbox, name="casework_inbox"),
    path("dept/cases/<uuid:case_id>", pages.case, name="casework_case"),
    path("dept/cases/<uuid:case_id>/steps", pages.take_verb, name="casework_take"),
    path("dept/cases/<uuid:case_id>/hands", pages.move, name="casework_move"),
]
