"""Django's name for the package."""

from django.apps import AppConfig


class InquiriesConfig(AppConfig):
    """Register the tables of statutory queries."""

    name = "chengxin.inquiries"
    label = "inquiries"
