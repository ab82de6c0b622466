"""Django's name for the package."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Register the tables of accepted facts."""

    name = "chengxin.records"
    label = "records"
