"""Django's name for the package."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """Register the tables of what platforms owe."""

    name = "chengxin.duties"
    label = "duties"
