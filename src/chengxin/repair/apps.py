"""Django's name for the package."""

from django.apps import AppConfig


class RepairConfig(AppConfig):
    """Register the tables of applications and their papers."""

    name = "chengxin.repair"
    label = "repair"
