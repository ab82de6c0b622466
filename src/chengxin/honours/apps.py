"""Django's name for the package."""

from django.apps import AppConfig


class HonoursConfig(AppConfig):
    """Register the tables of honours."""

    name = "chengxin.honours"
    label = "honours"
