"""Addresses of honours."""

from django.urls import path

from chengxin.honours import office_pages, own_pages, pages

urlpatterns = [
    path("honours", pages.honours, name="honours"),
    path("honours/enterprises", pages.enterprises, name="honours_enterprises"),
    path("honours/nominate", pages.nominate, name="honour_propose"),
    path("honours/letters/<str:number>", pages.letter, name="honour_letter"),
    path("honours/<str:number>", pages.honour, name="honour"),
    path("honours/<str:number>/badge.svg", pages.badge, name="honour_badge"),
    path("me/honours", own_pages.honours, name="own_honours"),
    path("me/honours/<str:number>", own_pages.honour, name="own_honour"),
    path("me/honours/<str:number>/unname", own_pages.unname, name="own_honour_unname"),
    path("me/honours/<str:number>/give-up", own_pages.give_up, name="own_honour_give_up"),
    path("dept/honours", office_pages.honours, name="dept_honours"),
    path("dept/honours/new/<slug:kind>", office_pages.new, name="honour_nominate"),
    path("dept/honours/<uuid:honour_id>", office_pages.honour, name="honour_nomination"),
    path("dept/honours/<uuid:honour_id>/check", office_pages.check, name="honour_check"),
    path("dept/honours/<uuid:honour_id>/visit", office_pages.visit, name="honour_visit"),
    path("dept/honours/<uuid:honour_id>/recheck", office_pages.review, name="honour_begin_review"),
    path("dept/honours/letters/<uuid:letter_id>", office_pages.reply, name="honour_reply"),
]
