"""Django's name for the package."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Register the package; it has no tables."""

    name = "chengxin.matters"
    label = "matters"
