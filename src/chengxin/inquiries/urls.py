"""Addresses of statutory queries and of the register of institutions."""

from django.urls import path

from chengxin.inquiries import pages, shelf_pages

urlpatterns = [
    path("dept/statutory-queries", pages.statutory_queries, name="statutory_queries"),
    path("dept/statutory-queries/new", pages.new_statutory_query, name="statutory_query_new"),
    path("dept/statutory-queries/<uuid:query_id>", pages.statutory_query, name="statutory_query"),
    path("dept/statutory-queries/<uuid:query_id>/decide", pages.decide_statutory_query, name="statutory_query_decide"),
    path("office/grants", pages.grants, name="grants"),
    path("office/grants/<uuid:grant_id>", pages.change_grant, name="grant_change"),
    path("grantees", pages.grantees, name="grantees"),
    path("biz/finance", shelf_pages.shelf, name="finance_shelf"),
    path("biz/finance/<slug:code>", shelf_pages.product, name="finance_product"),
    path("help/financial-credit", pages.financial_credit, name="financial_credit"),
]
