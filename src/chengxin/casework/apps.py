"""Django's name for the package."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Register the tables of cases and steps."""

    name = "chengxin.casework"
    label = "casework"
