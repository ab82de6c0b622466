"""Django's name for the package."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Register the outbox and the runs of the worker's tasks."""

    name = "chengxin.jobs"
    label = "jobs"
