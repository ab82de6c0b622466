"""Django's name for the package."""

from django.apps import AppConfig


class DisputesConfig(AppConfig):
    """Register the tables of complaints."""

    name = "chengxin.disputes"
    label = "disputes"
