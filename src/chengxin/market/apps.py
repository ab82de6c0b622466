"""Django's name for the package."""

from django.apps import AppConfig


class MarketConfig(AppConfig):
    """Register the tables of platforms and shops."""

    name = "chengxin.market"
    label = "market"
