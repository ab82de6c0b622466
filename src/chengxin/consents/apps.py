"""Django's name for the package."""

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    """Register the tables of grants, consents and authorisations."""

    name = "chengxin.consents"
    label = "consents"
