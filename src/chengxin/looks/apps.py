"""Django's name for the package."""

from django.apps import AppConfig


class LooksConfig(AppConfig):
    """Register the pages of looks."""

    name = "chengxin.looks"
    label = "looks"
