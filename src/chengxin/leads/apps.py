"""Django's name for the package."""

from django.apps import AppConfig


class LeadsConfig(AppConfig):
    """Register the tables of leads."""

    name = "chengxin.leads"
    label = "leads"
