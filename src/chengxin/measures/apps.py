"""Django's name for the package."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Register the table of applied measures."""

    name = "chengxin.measures"
    label = "measures"
