"""Django's name for the package."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """Register the tables of tips."""

    name = "chengxin.complaints"
    label = "complaints"
