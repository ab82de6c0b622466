"""Addresses of incentives."""

from django.urls import path

from chengxin.incentives import pages

urlpatterns = [
    path("incentives", pages.incentives, name="incentives"),
    path("me/benefits", pages.benefits, name="benefits"),
    path("me/benefits/<uuid:scene_id>/token", pages.token, name="benefit_token"),
    path("me/points", pages.points, name="points"),
    path("verify/token", pages.verify_token, name="verify_token"),
    path("office/scenes", pages.scenes, name="scenes"),
    path("office/scenes/<uuid:scene_id>/end", pages.end, name="scene_end"),
    path("dept/incentives", pages.hints, name="hints"),
]
