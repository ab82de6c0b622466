"""The doors of the incentives package."""

from chengxin.incentives.actions import issue, join, leave, own_benefits, own_wallet, redeem
from chengxin.incentives.display import choices_table, hint_card
from chengxin.incentives.feed import feed, honours_of, usage_of, usages
from chengxin.incentives.forms import ChoiceForm
from chengxin.incentives.hinting import choices_of, choose, hints_for
from chengxin.incentives.scenes import end_scene, list_managed, list_scenes, open_scene
from chengxin.incentives.tables import favourable_items, point_rules

__all__ = [
    "ChoiceForm",
    "choices_of",
    "choices_table",
    "choose",
    "end_scene",
    "favourable_items",
    "feed",
    "hint_card",
    "hints_for",
    "honours_of",
    "issue",
    "join",
    "leave",
    "list_managed",
    "list_scenes",
    "open_scene",
    "own_benefits",
    "own_wallet",
    "point_rules",
    "redeem",
    "usage_of",
    "usages",
]
