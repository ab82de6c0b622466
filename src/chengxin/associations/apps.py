"""Django's name for the package."""

from django.apps import AppConfig


class AssociationsConfig(AppConfig):
    """Register the tables of associations."""

    name = "chengxin.associations"
    label = "associations"
