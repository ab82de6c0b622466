"""Django's name for the package."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Register the tables of bodies, accounts, posts and clients."""

    name = "chengxin.access"
    label = "access"
