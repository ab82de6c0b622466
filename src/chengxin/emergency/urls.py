"""Addresses of accesses in an emergency."""

from django.urls import path

from chengxin.emergency import pages

urlpatterns = [
    path("office/emergency", pages.emergency, name="emergency"),
    path("office/emergency/<uuid:access_id>", pages.look, name="emergency_records"),
    path("openness/emergency", pages.counts, name="emergency_counts"),
]
