"""Addresses of commitments."""

from django.urls import path

from chengxin.commitments import own_pages, pages

urlpatterns = [
    path("commitments", pages.commitments, name="commitments"),
    path("commitments/<str:number>", pages.commitment, name="commitment"),
    path("commitments/<str:number>/statement", pages.statement, name="commitment_statement"),
    path("biz/commitments", own_pages.own, name="own_commitments"),
    path("biz/commitments/<slug:maker>", own_pages.write, name="commitment_write"),
    path("biz/commitments/<slug:maker>/withdraw", own_pages.withdraw, name="commitment_withdraw"),
    path("dept/commitments/<str:sentence_id>/finding", pages.finding, name="commitment_finding"),
]
