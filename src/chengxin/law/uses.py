"""Where the platform cites a text: dated values, gates and rules, read from the packages themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from chengxin.law.contracts import Use, Words
from chengxin.law.gates import list_gates
from chengxin.law.loader import PACKAGES, entries
from chengxin.law.statute_index import list_rules


@cache
def uses() -> Mapping[str, tuple[Use, ...]]:
    """Return by the abbreviation of a text what cites it: values first, then gates, then rules."""
    found: dict[str, list[Use]] = defaultdict(list)
    for use in (*_values(), *_gates(), *_rules()):
        for code in dict.fromkeys(citation.partition("/")[0] for citation in use.cites):
            found[code].append(use)
    return {code: tuple(of_text) for code, of_text in found.items()}


def _values() -> Iterable[Use]:
    for key, entry in sorted(entries().items()):
        cited = dict.fromkeys(cite for values in entry.packs.values() for dated in values for cite in dated.cites)
        yield Use(kind="value", key=key, title=entry.title, cites=tuple(cited))


def _gates() -> Iterable[Use]:
    return (Use(kind="gate", key=gate.key, title=gate.title, cites=gate.cites) for gate in list_gates())


def _rules() -> Iterable[Use]:
    """Yield the rules that are no gates: a gate has a title people read, a rule only the name of its function."""
    gates = {gate.rule for gate in list_gates()}
    for name, cites in list_rules(PACKAGES).items():
        if name not in gates:
            yield Use(kind="rule", key=name, title=Words(zh=name, en=name), cites=cites)
