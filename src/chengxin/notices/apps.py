"""Django's name for the package."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Register the table of notices."""

    name = "chengxin.notices"
    label = "notices"
