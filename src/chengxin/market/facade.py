"""The doors of the market package."""

from chengxin.market.actions import compare, file_shops, register_platform
from chengxin.market.badge import picture, state, statement
from chengxin.market.categories import categories, read_categories
from chengxin.market.graph import get_node, neighbours, node_of_shop
from chengxin.market.impersonations import end_impersonation, find_impersonation, note_impersonation
from chengxin.market.naming import name_of_shop
from chengxin.market.queries import (
    count_shops,
    find_shop,
    get_platform,
    get_shop,
    is_platform,
    list_own,
    list_platforms,
    list_selling,
    list_shops,
    list_verifications,
    platform_bodies,
    platform_of,
    shop_facts,
    shop_in_context,
    shops_of,
)
from chengxin.market.rules import stands_under
from chengxin.market.warning_keeping import TOPIC, settle_warnings
from chengxin.market.warning_queries import (
    count_warnings,
    find_warning,
    list_on_platforms,
    list_promptness,
    list_warned,
    warnings_about,
)
from chengxin.market.watch import look_after

__all__ = [
    "TOPIC",
    "categories",
    "compare",
    "count_shops",
    "count_warnings",
    "end_impersonation",
    "file_shops",
    "find_impersonation",
    "find_shop",
    "find_warning",
    "get_node",
    "get_platform",
    "get_shop",
    "is_platform",
    "list_on_platforms",
    "list_own",
    "list_platforms",
    "list_promptness",
    "list_selling",
    "list_shops",
    "list_verifications",
    "list_warned",
    "look_after",
    "name_of_shop",
    "neighbours",
    "node_of_shop",
    "note_impersonation",
    "picture",
    "platform_bodies",
    "platform_of",
    "read_categories",
    "register_platform",
    "settle_warnings",
    "shop_facts",
    "shop_in_context",
    "shops_of",
    "stands_under",
    "state",
    "statement",
    "warnings_about",
]
