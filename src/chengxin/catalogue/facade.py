"""The catalogue (公共信用信息目录) as other packages use it; the words of an item are in `contracts`."""

from chengxin.catalogue.actions import follow_published, load, publish, refresh
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
from chengxin.catalogue.definition import definition_of, digest_of, item_of
from chengxin.catalogue.differences import differences
from chengxin.catalogue.drafting import as_yaml, draft_of, read_draft, written_of
from chengxin.catalogue.loader import load_items
from chengxin.catalogue.plain_words import citation, how_long, label, labels, type_words
from chengxin.catalogue.preview import preview
from chengxin.catalogue.queries import item_version_id, item_version_ids, newest_version
from chengxin.catalogue.schema import ItemError, WrittenField, WrittenItem
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
    "WrittenField",
    "WrittenItem",
    "as_yaml",
    "check_items",
    "citation",
    "citation_url",
    "clock_rules_table",
    "csv_template",
    "definition_of",
    "differences",
    "digest_of",
    "draft_of",
    "find_item",
    "follow_published",
    "get_code_list",
    "get_group",
    "get_item",
    "get_item_version",
    "how_long",
    "item_history",
    "item_of",
    "item_version_id",
    "item_version_ids",
    "json_schema",
    "label",
    "labels",
    "list_clock_rules",
    "list_departments",
    "list_groups",
    "list_item_codes",
    "list_items",
    "list_terms",
    "load",
    "load_items",
    "modes_of",
    "newest_version",
    "preview",
    "publish",
    "read_draft",
    "refresh",
    "register_folder",
    "rule_title",
    "severities_of",
    "sharing_table",
    "type_words",
    "unregister_folder",
    "written_of",
    "xlsx_template",
]
