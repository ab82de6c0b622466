"""Django's name for the package."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Register the table of clearances."""

    name = "chengxin.matching"
    label = "matching"
