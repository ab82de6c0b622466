"""Django's name for the package."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """Register the list of what was destroyed."""

    name = "chengxin.retention"
    label = "retention"
