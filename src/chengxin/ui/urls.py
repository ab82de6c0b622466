"""Addresses of `ui`."""

from django.urls import path

from chengxin.ui import display, pages

urlpatterns = [
    path("display", display.choose, name="ui_display"),
    path("office", pages.workbench, {"section": "office"}, name="ui_office"),
    path("reg", pages.workbench, {"section": "reg"}, name="ui_reg"),
    path("biz", pages.workbench, {"section": "biz"}, name="ui_biz"),
    path("ui", pages.style_page, name="ui_style"),
    path("ui/error/<int:status>", pages.style_error, name="ui_error"),
]
