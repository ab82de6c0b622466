"""Django's name for the package."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Register the ledger of exports."""

    name = "chengxin.exports"
    label = "exports"
