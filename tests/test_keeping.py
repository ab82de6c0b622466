"""Nothing about a person is kept without saying how long: a personal column has a rule, or a reason, or is owed one."""

from __future__ import annotations

from collections import Counter
from itertools import chain

from django.apps import apps
from django.db.models import Field

from chengxin.retention.registry import list_kept, list_rules

# What is owed a rule. A name may leave this list and kept.yaml; a new column gets a rule or a reason.
OWED: frozenset[str] = frozenset()


def columns() -> dict[str, Field]:
    """Return every column of our own tables by its name, as table.column."""
    own = [model for model in apps.get_models() if model.__module__.startswith("chengxin.")]
    return {f"{model._meta.db_table}.{one.column}": one for model in own for one in model._meta.concrete_fields}


def is_personal(name: str, column: Field) -> bool:
    """Tell what holds something of a person: marked so, or sealed; not the identifier that says whom a row is about."""
    is_marked = "[personal]" in (column.db_comment or "")
    is_sealed = "sealed" in name.partition(".")[2].split("_")
    return (is_marked or is_sealed) and column.get_internal_type() != "UUIDField"


def named() -> Counter[str]:
    """Return how often each column is said to be emptied or kept; two rules may empty one, kept is said once."""
    emptied = set(chain.from_iterable(rule.empties for rule in list_rules()))
    return Counter(chain(emptied, *(one.columns for one in list_kept())))


def test_every_personal_column_is_emptied_by_a_rule_or_kept_for_a_reason() -> None:
    personal = {name for name, column in columns().items() if is_personal(name, column)}
    assert len(personal) > 40
    silent = sorted(personal - set(named()))
    assert silent == [], "Add it to `empties` of a rule in retention.yaml, or to retention/kept.yaml with a reason."
    assert sorted(set(named()) - set(columns())) == [], "It names a column that is not there."
    assert [name for name, times in named().items() if times > 1] == [], "It is emptied and kept at once."


def test_what_is_owed_a_rule_only_shrinks() -> None:
    owed = [one for one in list_kept() if not one.is_settled]
    assert set(chain.from_iterable(one.columns for one in owed)) <= OWED
    assert all(one.because for one in list_kept())
