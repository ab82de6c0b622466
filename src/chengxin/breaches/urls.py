"""Addresses of the breach desk."""

from django.urls import path

from chengxin.breaches import pages

urlpatterns = [
    path("office/breaches", pages.breaches, name="breaches"),
    path("office/breaches/<uuid:incident_id>", pages.breach, name="breach"),
    path("office/breaches/<uuid:incident_id>/report", pages.report, name="breach_report"),
    path("openness/breaches", pages.counts, name="breach_counts"),
]
