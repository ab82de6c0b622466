"""Addresses of misuse detection."""

from django.urls import path

from chengxin.misuse import pages

urlpatterns = [
    path("office/incidents", pages.incidents, name="misuse_incidents"),
    path("office/incidents/<uuid:alert_id>", pages.incident, name="misuse_incident"),
    path("office/audit", pages.samples, name="misuse_samples"),
    path("office/canaries", pages.canaries, name="misuse_canaries"),
    path("dept/explanations", pages.explanations, name="misuse_explanations"),
    path("openness/misuse", pages.counts, name="misuse_counts"),
]
