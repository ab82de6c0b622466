"""The doors of the market package."""

from chengxin.market.actions import file_shops, register_platform
from chengxin.market.badge import picture, state, statement
from chengxin.market.categories import categories, read_categories
from chengxin.market.naming import name_of_shop
from chengxin.market.queries import (
    count_shops,
    find_shop,
    get_platform,
    get_shop,
    is_platform,
    list_own,
    list_platforms,
    list_shops,
    list_verifications,
    platform_of,
    shop_facts,
    shop_in_context,
)
from chengxin.market.rules import stands_under
from chengxin.market.watch import look_after

__all__ = [
    "categories",
    "count_shops",
    "file_shops",
    "find_shop",
    "get_platform",
    "get_shop",
    "is_platform",
    "list_own",
    "list_platforms",
    "list_shops",
    "list_verifications",
    "look_after",
    "name_of_shop",
    "picture",
    "platform_of",
    "read_categories",
    "register_platform",
    "shop_facts",
    "shop_in_context",
    "stands_under",
    "state",
    "statement",
]
