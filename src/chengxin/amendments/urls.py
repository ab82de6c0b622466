"""Addresses of catalogue amendments."""

from django.urls import path

from chengxin.amendments import office_pages, pages

urlpatterns = [
    path("catalogue/changes", pages.amendments, name="amendments"),
    path("catalogue/<str:code>/changes/<int:place>", pages.amendment, name="amendment"),
    path("office/catalogue", office_pages.amendments, name="amendments_office"),
    path("office/catalogue/draft", office_pages.draft, name="amendment_draft"),
    path("office/catalogue/<uuid:amendment_id>", office_pages.amendment, name="amendment_office"),
]
