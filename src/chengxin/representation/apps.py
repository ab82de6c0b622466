"""Django's name for the package."""

from django.apps import AppConfig


class RepresentationConfig(AppConfig):
    """Register the table of mandates."""

    name = "chengxin.representation"
    label = "representation"
