"""Django's name for the package."""

from django.apps import AppConfig


class DeterminationsConfig(AppConfig):
    """Register the table of determinations."""

    name = "chengxin.determinations"
    label = "determinations"
