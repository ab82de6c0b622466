"""Django's name for the package."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Register the catalogue's table."""

    name = "chengxin.catalogue"
    label = "catalogue"
