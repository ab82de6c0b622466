"""Read the decision table and the declared purposes, and refuse a file that contradicts itself."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from chengxin.access.contracts import Decisions, Obligation, Purpose, Rule
from chengxin.access.relations import RELATIONS
from chengxin.kernel.actor import Role
from chengxin.kernel.yaml_text import read_yaml

HERE = Path(__file__).parent
_KEYS = {
    "action",
    "roles",
    "relations",
    "purposes",
    "needs_authorisation",
    "needs_purpose_rule",
    "fresh",
    "fields",
    "masked",
    "obligations",
}
_FIELDS = {"*", "public", "state"}


class BadTable(ValueError):
    """A row of a table cannot be read; the message says which and why."""


@cache
def decisions() -> Decisions:
    """Return the decision table that ships with the platform."""
    return read_decisions(
        (HERE / "decisions.yaml").read_text(encoding="utf-8"), (HERE / "purposes.yaml").read_text(encoding="utf-8")
    )


def read_decisions(rules_text: str, purposes_text: str) -> Decisions:
    """Build the table from its two texts."""
    purposes = {row["code"]: _purpose(row) for row in read_yaml(purposes_text)}
    rules: dict[str, list[Rule]] = defaultdict(list)
    for row in read_yaml(rules_text):
        rule = _rule(row)
        if unknown := rule.purposes - purposes.keys():
            raise BadTable(f"{rule.action}: purposes {sorted(unknown)} are not declared in purposes.yaml.")
        rules[rule.action].append(rule)
    return Decisions(
        rules=MappingProxyType({action: tuple(rows) for action, rows in rules.items()}),
        purposes=MappingProxyType(purposes),
    )


def _purpose(row: dict[str, Any]) -> Purpose:
    if not row.get("basis"):
        raise BadTable(f"{row.get('code')}: a purpose needs a basis in law.")
    said = {"code": row["code"], "zh": row["zh"], "en": row["en"], "basis": tuple(row["basis"])}
    return Purpose(**said, in_reports=row.get("in_reports", True))


def _rule(row: dict[str, Any]) -> Rule:
    action = row.get("action", "?")
    if unknown := row.keys() - _KEYS:
        raise BadTable(f"{action}: {sorted(unknown)} mean nothing here.")
    if unknown_relations := set(row["relations"]) - RELATIONS.keys():
        raise BadTable(f"{action}: relations {sorted(unknown_relations)} do not exist.")
    if not (row["roles"] and row["relations"] and row["purposes"]):
        raise BadTable(f"{action}: a row needs roles, relations and purposes.")
    if row.get("fields", "*") not in _FIELDS:
        raise BadTable(f"{action}: fields must be one of {sorted(_FIELDS)}.")
    return Rule(
        action=action,
        roles=frozenset(Role(role) for role in row["roles"]),
        relations=tuple(row["relations"]),
        purposes=frozenset(row["purposes"]),
        needs_authorisation=row.get("needs_authorisation", False),
        needs_purpose_rule=row.get("needs_purpose_rule", False),
        needs_fresh_proof=row.get("fresh", False),
        fields=row.get("fields", "*"),
        is_masked=row.get("masked", False),
        obligations=frozenset(Obligation(name) for name in row.get("obligations", ["log"])),
    )
