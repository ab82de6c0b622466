"""Django's name for the package."""

from django.apps import AppConfig


class AmendmentsConfig(AppConfig):
    """Register the tables of amendments and comments."""

    name = "chengxin.amendments"
    label = "amendments"
