"""The tasks of all packages: each names its own in `<package>/jobs.py` as `TASKS`."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from chengxin.jobs.contracts import Task


@lru_cache(maxsize=1)
def list_tasks() -> tuple[Task, ...]:
    """Return the tasks by name; two of one name are a mistake."""
    found: dict[str, Task] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("chengxin.") and app.module and module_has_submodule(app.module, "jobs"):
            for task in import_module(f"{app.name}.jobs").TASKS:
                if task.name in found:
                    raise ValueError(f"The task {task.name} is registered twice.")
                found[task.name] = task
    return tuple(found[name] for name in sorted(found))
