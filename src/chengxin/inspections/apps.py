"""Django's name for the package."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """Register the tables of inspections."""

    name = "chengxin.inspections"
    label = "inspections"
