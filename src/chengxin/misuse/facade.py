"""The doors of the misuse package."""

from chengxin.misuse.actions import (
    appeal,
    count_day,
    declare,
    declare_number,
    draw_sample,
    explain,
    raise_lead,
    require_marking,
    review,
    watch,
)
from chengxin.misuse.contracts import Tempo
from chengxin.misuse.queries import (
    count_conflicts,
    get_alert,
    list_alerts,
    list_own_alerts,
    list_persons,
    list_quarters,
    list_samples,
)

__all__ = [
    "Tempo",
    "appeal",
    "count_conflicts",
    "count_day",
    "declare",
    "declare_number",
    "draw_sample",
    "explain",
    "get_alert",
    "list_alerts",
    "list_own_alerts",
    "list_persons",
    "list_quarters",
    "list_samples",
    "raise_lead",
    "require_marking",
    "review",
    "watch",
]
