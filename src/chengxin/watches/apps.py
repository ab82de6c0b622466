"""Django's name for the package."""

from django.apps import AppConfig


class WatchesConfig(AppConfig):
    """Register the tables of watches."""

    name = "chengxin.watches"
    label = "watches"
