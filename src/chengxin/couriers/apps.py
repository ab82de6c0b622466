"""Django's name for the package."""

from django.apps import AppConfig


class CouriersConfig(AppConfig):
    """Register the tables of courier companies."""

    name = "chengxin.couriers"
    label = "couriers"
