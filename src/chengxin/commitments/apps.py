"""Django's name for the package."""

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    """Register the table of commitments."""

    name = "chengxin.commitments"
    label = "commitments"
