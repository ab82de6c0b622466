"""Addresses of lists."""

from django.urls import path

from chengxin.lists import own_pages, pages

urlpatterns = [
    path("lists", pages.lists, name="lists"),
    path("lists/of/<str:item_code>", pages.list_of_item, name="list_of_item"),
    path("lists/<slug:kind>", pages.one_list, name="list"),
    path("dept/lists", pages.dept_lists, name="dept_lists"),
    path("dept/lists/<slug:kind>/new", pages.new_listing, name="listing_new"),
    path("me/lists", own_pages.own_lists, name="own_lists"),
    path("me/lists/<uuid:entry_id>", own_pages.own_entry, name="own_list_entry"),
]
