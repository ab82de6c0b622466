"""Django's name for the package."""

from django.apps import AppConfig


class ObjectionsConfig(AppConfig):
    """Register the tables of objections."""

    name = "chengxin.objections"
    label = "objections"
