"""Addresses of collection in the department workbench."""

from django.urls import path

from chengxin.intake import pages

urlpatterns = [
    path("dept/batches", pages.batches, name="intake_batches"),
    path("dept/upload", pages.upload, name="intake_upload"),
    path("dept/batches/<uuid:batch_id>", pages.batch, name="intake_batch"),
    path("dept/batches/<uuid:batch_id>/questioned", pages.questioned, name="intake_questioned"),
    path("dept/batches/<uuid:batch_id>/questioned.xlsx", pages.returned_sheet, name="intake_returned_sheet"),
    path("dept/batches/<uuid:batch_id>/submit", pages.submit, name="intake_submit"),
    path("dept/batches/<uuid:batch_id>/decide", pages.decide, name="intake_decide"),
    path("dept/quality", pages.quality, name="intake_quality"),
]
