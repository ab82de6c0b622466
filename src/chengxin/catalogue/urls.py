"""Addresses of the catalogue."""

from django.urls import path

from chengxin.catalogue import pages, policy_pages

urlpatterns = [
    path("catalogue", pages.catalogue, name="catalogue"),
    path("catalogue/groups", pages.groups, name="catalogue_groups"),
    path("catalogue/<str:code>", pages.item_page, name="catalogue_item"),
    path("catalogue/<str:code>/template.csv", pages.csv_file, name="catalogue_csv"),
    path("catalogue/<str:code>/template.xlsx", pages.xlsx_file, name="catalogue_xlsx"),
    path("catalogue/<str:code>/schema.json", pages.schema_file, name="catalogue_schema"),
    path("standards", pages.standards, name="standards"),
    path("policies", policy_pages.policies, name="policies"),
    path("policies/<str:code>", policy_pages.policy, name="policy"),
]
