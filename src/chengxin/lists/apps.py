"""Django's name for the package."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Register the tables of lists."""

    name = "chengxin.lists"
    label = "lists"
