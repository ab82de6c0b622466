"""Django's name for the package."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Register the audit tables."""

    name = "chengxin.audit"
    label = "audit"
