"""Django's name for the package."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Register batches, questioned rows and receipts."""

    name = "chengxin.intake"
    label = "intake"
