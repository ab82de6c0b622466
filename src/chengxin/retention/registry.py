"""Find every written rule by folder: `<package>/retention.yaml` of each installed package."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.apps import apps

from chengxin.kernel.yaml_text import read_yaml
from chengxin.law import facade as law
from chengxin.retention.contracts import Kept, Rule, Words

_TEXTS = ("title", "counts_from", "destroys", "stays")


@cache
def list_rules() -> tuple[Rule, ...]:
    """Return the rules of all packages by kind."""
    found: dict[str, Rule] = {}
    for application in apps.get_app_configs():
        file = Path(application.path) / "retention.yaml"
        if application.name.startswith("chengxin.") and file.exists():
            for kind, rule in read_rules(file.read_text(encoding="utf-8")).items():
                if kind in found:
                    raise ValueError(f"{application.name}: the retention rule {kind} exists already.")
                found[kind] = rule
    return tuple(found[kind] for kind in sorted(found))


def read_rules(text: str) -> Mapping[str, Rule]:
    """Return rules from YAML; a word that means nothing here, or a key law does not know, is an error."""
    rules = {}
    for kind, said in read_yaml(text).items():
        said |= {name: Words(**said[name]) for name in _TEXTS}
        rules[kind] = Rule(kind=kind, **said | {"empties": tuple(said.get("empties", ()))})
        if rules[kind].key:
            law.get_entry(rules[kind].key)
    return rules


def list_kept() -> tuple[Kept, ...]:
    """Return the personal columns that no rule empties, each with its reason, from kept.yaml."""
    said = read_yaml(Path(__file__).with_name("kept.yaml").read_text(encoding="utf-8"))
    return tuple(
        Kept(because=one["because"], columns=tuple(one["columns"]), is_settled=not one.get("owed", False))
        for one in said
    )
