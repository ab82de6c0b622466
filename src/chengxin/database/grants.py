"""What each login may do with each table, as the packages declare it in `sql/grants.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.apps import apps

from chengxin.database.roles import APP, KEYS, SEQUENCER, WEB, WORKER
from chengxin.kernel.yaml_text import read_yaml

# What stands outside of row security on purpose, each with its reason: tables of public facts, policies that need not
# ask who acts, functions with their caller's rights.
EXCEPTIONS: Final = ("open_tables", "open_policies", "functions")
GRANTEES: Final = {"app": APP, "web": WEB, "worker": WORKER, "sequencer": SEQUENCER, "keys": KEYS}
_PRIVILEGE: Final = re.compile(r"(select|insert|update|delete)(?:\(([a-z0-9_]+(?:, *[a-z0-9_]+)*)\))?")


class GrantError(ValueError):
    """Say which line of which grants file cannot be carried out."""


@dataclass(frozen=True, order=True, kw_only=True)
class Grant:
    """One privilege on one table, or on one of its columns, for one role."""

    table: str
    role: str
    privilege: str
    column: str = ""


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """All that one package declares: its grants, and why the exceptions among them are needed."""

    grants: frozenset[Grant]
    deletions: frozenset[tuple[str, str]]
    definer_functions: frozenset[str]
    exceptions: frozenset[str] = frozenset()


def read_declaration(file: Path) -> Declaration:
    """Read one `grants.yaml`; no DELETE without a reason, and no privilege we do not know."""
    content: dict[str, Any] = read_yaml(file.read_text(encoding="utf-8")) or {}
    if unknown := sorted(set(content) - {"tables", "deletions", "definer_functions", *EXCEPTIONS}):
        raise GrantError(f"{file} has sections we do not know: {', '.join(unknown)}.")
    deletions = frozenset(
        (table, GRANTEES[who])
        for table, reasons in content.get("deletions", {}).items()
        for who, reason in reasons.items()
        if _has_reason(reason, file=file, what=f"DELETE on {table}")
    )
    grants = frozenset(
        grant
        for table, rights in content.get("tables", {}).items()
        for who, privileges in rights.items()
        for text in privileges
        for grant in _grants(table, who=who, text=text, file=file)
    )
    for grant in grants:
        if grant.privilege == "delete" and (grant.table, grant.role) not in deletions:
            raise GrantError(f"{file}: DELETE on {grant.table} for {grant.role} needs a reason under deletions.")
    functions = content.get("definer_functions", {})
    return Declaration(
        grants=grants,
        deletions=deletions,
        definer_functions=frozenset(
            name for name, reason in functions.items() if _has_reason(reason, file=file, what=name)
        ),
        exceptions=frozenset(
            name
            for section in EXCEPTIONS
            for name, reason in content.get(section, {}).items()
            if _has_reason(reason, file=file, what=name)
        ),
    )


def declared(files: Iterable[Path] | None = None) -> Declaration:
    """Return what all installed packages declare together."""
    found = [read_declaration(file) for file in (package_files() if files is None else files)]
    return Declaration(
        grants=frozenset().union(*(one.grants for one in found)),
        deletions=frozenset().union(*(one.deletions for one in found)),
        definer_functions=frozenset().union(*(one.definer_functions for one in found)),
        exceptions=frozenset().union(*(one.exceptions for one in found)),
    )


def package_files() -> list[Path]:
    """Return the `sql/grants.yaml` of every installed package of ours."""
    ours = (Path(config.path) for config in apps.get_app_configs() if is_ours(config.name))
    return sorted(file for folder in ours if (file := folder / "sql" / "grants.yaml").exists())


def is_ours(application: str) -> bool:
    """Tell our applications from third-party ones, whose tables live in the schema `vendor`."""
    return application.startswith("chengxin.")


def _has_reason(reason: object, *, file: Path, what: str) -> bool:
    if not isinstance(reason, str) or len(reason.split()) < 3:
        raise GrantError(f"{file}: {what} needs a reason in words.")
    return True


def _grants(table: str, *, who: str, text: str, file: Path) -> list[Grant]:
    found = _PRIVILEGE.fullmatch(text)
    if found is None or who not in GRANTEES:
        raise GrantError(f"{file}: we do not know {who}: {text} on {table}.")
    privilege, columns = found.groups()
    if columns and privilege == "delete":
        raise GrantError(f"{file}: DELETE on {table} is for whole rows.")
    names = [name.strip() for name in columns.split(",")] if columns else [""]
    return [Grant(table=table, role=GRANTEES[who], privilege=privilege, column=name) for name in names]
