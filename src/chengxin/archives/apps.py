"""Django's name for the package."""

from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    """Register the table of reports."""

    name = "chengxin.archives"
    label = "archives"
