"""Django's name for the package."""

from django.apps import AppConfig


class PortalsConfig(AppConfig):
    """Register the public site."""

    name = "chengxin.portals"
    label = "portals"
