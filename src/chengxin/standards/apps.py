"""Django's name for the package."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    """Bring the pages; there is no table, because no result is kept."""

    name = "chengxin.standards"
    label = "standards"
