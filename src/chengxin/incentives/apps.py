"""Django's name for the package."""

from django.apps import AppConfig


class IncentivesConfig(AppConfig):
    """Register the tables of scenes, tokens, memberships and choices."""

    name = "chengxin.incentives"
    label = "incentives"
