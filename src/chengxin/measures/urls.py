"""Addresses of measures."""

from django.urls import path

from chengxin.measures import pages

urlpatterns = [
    path("measures", pages.measures, name="measures"),
    path("dept/measures", pages.dept_measures, name="dept_measures"),
    path("dept/measures/look", pages.look, name="measure_look"),
    path("dept/measures/<uuid:measure_id>", pages.dept_measure, name="dept_measure"),
    path("dept/measures/new/<uuid:subject_id>/<uuid:record_id>/<slug:measure>", pages.new_measure, name="measure_new"),
    path("me/measures", pages.own_measures, name="own_measures"),
    path("me/measures/<uuid:measure_id>/repair", pages.own_measure_repair, name="own_measure_repair"),
]
