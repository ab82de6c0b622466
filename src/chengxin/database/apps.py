"""The Django application of the package."""

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    """Bring the migrations that create the guard."""

    name = "chengxin.database"
    label = "database"
    verbose_name = "Database"
