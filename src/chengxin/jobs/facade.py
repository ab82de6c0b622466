"""The doors of the jobs package."""

from chengxin.jobs.actions import acknowledge, deliver_due, get_received, put, revive
from chengxin.jobs.queries import (
    count_sent,
    find_put,
    health,
    list_about,
    list_answered,
    list_feed,
    list_unanswered,
    started_at,
)
from chengxin.jobs.registry import list_tasks
from chengxin.jobs.webhooks import end_webhook, get_webhook, set_webhook
from chengxin.jobs.worker import once, run_tasks, work

__all__ = [
    "acknowledge",
    "count_sent",
    "deliver_due",
    "end_webhook",
    "find_put",
    "get_received",
    "get_webhook",
    "health",
    "list_about",
    "list_answered",
    "list_feed",
    "list_tasks",
    "list_unanswered",
    "once",
    "put",
    "revive",
    "run_tasks",
    "set_webhook",
    "started_at",
    "work",
]
