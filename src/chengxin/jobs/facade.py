"""The doors of the jobs package."""

from chengxin.jobs.actions import acknowledge, deliver_due, get_received, put, revive
from chengxin.jobs.queries import count_sent, health, list_about, list_feed
from chengxin.jobs.registry import list_tasks
from chengxin.jobs.worker import once, run_tasks, work

__all__ = [
    "acknowledge",
    "count_sent",
    "deliver_due",
    "get_received",
    "health",
    "list_about",
    "list_feed",
    "list_tasks",
    "once",
    "put",
    "revive",
    "run_tasks",
    "work",
]
