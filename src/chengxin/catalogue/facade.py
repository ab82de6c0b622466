"""The catalogue (公共信用信息目录) as other packages use it; the words of an item are in `contracts`."""

from chengxin.catalogue.actions import load
from chengxin.catalogue.check import check_items
from chengxin.catalogue.citations import citation_url
from chengxin.catalogue.clock_rules import (
    ClockRule,
    clock_rules_table,
    list_clock_rules,
    list_terms,
    rule_title,
    severities_of,
)
from chengxin.catalogue.loader import load_items
from chengxin.catalogue.plain_words import citation, how_long, label
from chengxin.catalogue.queries import item_version_id, item_version_ids
from chengxin.catalogue.schema import ItemError
from chengxin.catalogue.sharing import modes_of, sharing_table
from chengxin.catalogue.shelf import (
    find_item,
    get_code_list,
    get_group,
    get_item,
    get_item_version,
    item_history,
    list_departments,
    list_groups,
    list_item_codes,
    list_items,
    register_folder,
    unregister_folder,
)
from chengxin.catalogue.upload_templates import csv_template, json_schema, xlsx_template

__all__ = [
    "ClockRule",
    "ItemError",
    "check_items",
    "citation",
    "citation_url",
    "clock_rules_table",
    "csv_template",
    "find_item",
    "get_code_list",
    "get_group",
    "get_item",
    "get_item_version",
    "how_long",
    "item_history",
    "item_version_id",
    "item_version_ids",
    "json_schema",
    "label",
    "list_clock_rules",
    "list_departments",
    "list_groups",
    "list_item_codes",
    "list_items",
    "list_terms",
    "load",
    "load_items",
    "modes_of",
    "register_folder",
    "rule_title",
    "severities_of",
    "sharing_table",
    "unregister_folder",
    "xlsx_template",
]
