"""Django's name for the package."""

from django.apps import AppConfig


class SubjectsConfig(AppConfig):
    """Register the tables of credit subjects."""

    name = "chengxin.subjects"
    label = "subjects"
