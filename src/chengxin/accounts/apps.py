"""Django's name for the package."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Find the procedures about accounts."""

    name = "chengxin.accounts"
    label = "accounts"
