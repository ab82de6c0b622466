"""Django's name for the package."""

from django.apps import AppConfig


class MisuseConfig(AppConfig):
    """Register alerts, marks and samples."""

    name = "chengxin.misuse"
    label = "misuse"
