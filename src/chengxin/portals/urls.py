"""Addresses of the public site."""

from django.urls import path

from chengxin.portals import corrections, pages, publicity_rules, red_lines

urlpatterns = [
    path("", pages.home, name="home"),
    path("search", pages.search, name="search"),
    path("publicity", pages.publicity, name="publicity"),
    path("publicity/<str:item_code>", pages.publicity_list, name="publicity_list"),
    path("glossary", pages.glossary, name="glossary"),
    path("red-lines", red_lines.red_lines, name="red_lines"),
    path("help", pages.help_page, name="help"),
    path("dept", pages.dept, name="dept"),
    path("dept/corrections", corrections.corrections, name="corrections"),
    path("rules", publicity_rules.public_rules, name="rules"),
    path("office/rules", publicity_rules.office_rules, name="office_rules"),
]
