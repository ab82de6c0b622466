"""Read the purpose rules, and refuse a file that allows more than the catalogue or plain words do."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from chengxin.consents.contracts import Ground, Keep, Occurrence, PurposeRule, RequesterClass, Text
from chengxin.kernel.yaml_text import read_yaml

FILE: Final = Path(__file__).with_name("purpose_rules.yaml")
_KEYS: Final = {
    *("code", "requester", "ground", "purpose", "text", "alternative", "basis", "items", "occurrence", "keep"),
    *("human", "only_easier", "case_number", "notice", "watch"),
}


class BadPurposeRule(ValueError):
    """A row of the purpose rules cannot stand; the message says which and why."""


@cache
def purpose_rules() -> Mapping[str, PurposeRule]:
    """Return the purpose rules that ship with the platform, by code."""
    return read_rules(FILE.read_text(encoding="utf-8"))


def find_rule(code: str) -> PurposeRule | None:
    """Return a purpose rule, or None: without a row nothing is allowed."""
    return purpose_rules().get(code)


def read_rules(text: str) -> Mapping[str, PurposeRule]:
    """Build the rules from their text."""
    found: dict[str, PurposeRule] = {}
    for row in read_yaml(text)["rows"]:
        rule = _rule(row)
        if found.setdefault(rule.code, rule) is not rule:
            raise BadPurposeRule(f"{rule.code} is declared twice.")
    return MappingProxyType(found)


def _rule(row: dict[str, Any]) -> PurposeRule:
    code = row.get("code", "?")
    if unknown := row.keys() - _KEYS:
        raise BadPurposeRule(f"{code}: {sorted(unknown)} mean nothing here.")
    rule = PurposeRule(
        code=code,
        requester=RequesterClass(row["requester"]),
        ground=Ground(row["ground"]),
        purpose=row["purpose"],
        basis=tuple(row["basis"]),
        item_fields=MappingProxyType({item: tuple(fields) for item, fields in row["items"].items()}),
        occurrence=Occurrence(row["occurrence"]),
        keep=Keep(row["keep"]),
        text=Text(**row["text"]) if "text" in row else None,
        alternative=Text(**row["alternative"]) if "alternative" in row else None,
        needs_case=row.get("case_number", False),
        needs_human=row.get("human", False),
        is_only_easier=row.get("only_easier", False),
        notifies=row.get("notice", "each") == "each",
        is_watch=row.get("watch", False),
    )
    if not rule.basis or not rule.item_fields or not all(rule.item_fields.values()):
        raise BadPurposeRule(f"{code}: a rule needs a basis, items, and fields of each item.")
    if rule.needs_consent != (rule.text is not None and rule.alternative is not None):
        raise BadPurposeRule(f"{code}: a consent has a text and an alternative, a statutory task has neither.")
    if rule.ground is Ground.STATUTE and not rule.needs_case:
        raise BadPurposeRule(f"{code}: a statutory task needs the number of its procedure.")
    return rule
