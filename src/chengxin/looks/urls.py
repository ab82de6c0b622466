"""Addresses of looks."""

from django.urls import path

from chengxin.looks import http, pages, restriction_pages, summary_pages

urlpatterns = [
    path("me/looks", pages.looks, name="looks"),
    path("me/looks/<uuid:event_id>", pages.look, name="look"),
    path("me/looks/<uuid:event_id>/proof", pages.proof, name="look_proof"),
    path("me/looks/<uuid:event_id>/challenge", pages.challenge, name="look_challenge"),
    path("openness/log-keys.txt", pages.keys, name="log_keys"),
    path("me/summary/<int:year>", summary_pages.summary, name="year_summary"),
    path("dept/restrictions", restriction_pages.restrictions, name="restrictions"),
    path("dept/restrictions/new", restriction_pages.new_restriction, name="new_restriction"),
    path("office/restrictions", restriction_pages.running, name="running_restrictions"),
    path("openness/withheld-looks", restriction_pages.counts, name="withheld_counts"),
    path("api/v1/me/looks", http.own_looks, name="api_looks"),
]
