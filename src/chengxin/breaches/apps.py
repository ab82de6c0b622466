"""Django's name for the package."""

from django.apps import AppConfig


class BreachesConfig(AppConfig):
    """Register the tables of breaches."""

    name = "chengxin.breaches"
    label = "breaches"
