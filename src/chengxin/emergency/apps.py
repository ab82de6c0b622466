"""Django's name for the package."""

from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    """Register accesses in an emergency."""

    name = "chengxin.emergency"
    label = "emergency"
