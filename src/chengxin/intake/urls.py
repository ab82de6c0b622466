"""Addresses of collection in the department workbench."""

from django.urls import path

from chengxin.intake import pages, source_pages

urlpatterns = [
    path("dept/batches", pages.batches, name="intake_batches"),
    path("dept/upload", pages.upload, name="intake_upload"),
    path("dept/batches/<uuid:batch_id>", pages.batch, name="intake_batch"),
    path("dept/batches/<uuid:batch_id>/questioned", pages.questioned, name="intake_questioned"),
    path("dept/batches/<uuid:batch_id>/questioned.xlsx", pages.returned_sheet, name="intake_returned_sheet"),
    path("dept/batches/<uuid:batch_id>/submit", pages.submit, name="intake_submit"),
    path("dept/batches/<uuid:batch_id>/decide", pages.decide, name="intake_decide"),
    path("dept/quality", pages.quality, name="intake_quality"),
    path("dept/lineage/<uuid:batch_id>", source_pages.lineage_batch, name="lineage_batch"),
    path("dept/lineage/<uuid:batch_id>/<int:row>", source_pages.lineage_row, name="lineage_row"),
    path("office/sources", source_pages.sources, name="office_sources"),
    path("office/sources/<str:code>", source_pages.source, name="office_source"),
    path("office/sources/<str:code>/items/<str:item>", source_pages.source_item, name="office_source_item"),
]
