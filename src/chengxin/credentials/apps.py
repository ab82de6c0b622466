"""Django's name for the package."""

from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    """Register credentials and their status lists."""

    name = "chengxin.credentials"
    label = "credentials"
