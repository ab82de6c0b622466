"""Django's name for the package."""

from django.apps import AppConfig


class PresentationsConfig(AppConfig):
    """Register the table of presentations."""

    name = "chengxin.presentations"
    label = "presentations"
