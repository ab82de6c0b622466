"""Addresses of `ui`."""

from django.urls import path

from chengxin.ui import display, pages

urlpatterns = [
    path("display", display.choose, name="ui_display"),
    path("ui", pages.style_page, name="ui_style"),
    path("ui/error/<int:status>", pages.style_error, name="ui_error"),
]
