"""Addresses of determinations."""

from django.urls import path

from chengxin.determinations import own_pages, pages

urlpatterns = [
    path("dept/determinations", pages.determinations, name="determinations"),
    path("dept/determinations/new", pages.new, name="determination_new"),
    path("dept/determinations/<uuid:determination_id>", pages.determination, name="determination"),
    path("dept/determinations/<uuid:determination_id>/documents", pages.documents, name="determination_documents"),
    path("dept/determinations/<uuid:determination_id>/proof/<str:which>", pages.proof, name="determination_proof"),
    path("me/determinations", own_pages.determinations, name="own_determinations"),
    path("me/determinations/<str:number>", own_pages.determination, name="own_determination"),
    path("me/determinations/<str:number>/documents", own_pages.documents, name="own_determination_documents"),
]
