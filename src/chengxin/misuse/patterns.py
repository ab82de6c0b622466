"""Read the signs of misuse from `patterns.yaml`, and refuse a file that contradicts itself."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from chengxin.kernel.yaml_text import read_yaml
from chengxin.misuse.contracts import Pattern, Patterns, Tempo

FILE: Final = Path(__file__).parent / "patterns.yaml"
_TEXTS: Final = {"code", "measure", "column", "points", "tempo", "zh", "en"}
NUMBERS: Final = {
    "flag": frozenset[str](),
    "large": frozenset({"over"}),
    "rate": frozenset({"at_least", "minutes"}),
    "sequence": frozenset({"at_least", "step"}),
    "repeat": frozenset({"at_least", "window_days"}),
    "crowd": frozenset({"at_least", "window_days"}),
    "excess": frozenset({"at_least", "z", "window_days"}),
    "burst": frozenset({"at_least", "factor"}),
}


class BadPatterns(ValueError):
    """The file cannot be used; the message says which sign and why."""


@cache
def patterns() -> Patterns:
    """Return the signs that ship with the platform."""
    return read_patterns(FILE.read_text(encoding="utf-8"))


def read_patterns(text: str) -> Patterns:
    """Build the signs from their text."""
    given = read_yaml(text)
    found = tuple(_pattern(row) for row in given["patterns"])
    if len({one.code for one in found}) != len(found):
        raise BadPatterns("Two signs have one code.")
    return Patterns(
        patterns=found,
        alert_points=given["alert"]["points"],
        window_days=given["alert"]["window_days"],
        join_days=given["alert"]["join_days"],
        look_back_days=given["look_back_days"],
        hour_share=given["usual"]["hour_share"],
        purpose_share=given["usual"]["purpose_share"],
        beside_days=given["usual"]["beside_days"],
    )


def _pattern(row: dict[str, Any]) -> Pattern:
    code, measure = row.get("code", "?"), row.get("measure", "?")
    if measure not in NUMBERS:
        raise BadPatterns(f"{code}: there is no measure {measure}.")
    if (numbers := row.keys() - _TEXTS) != NUMBERS[measure]:
        raise BadPatterns(f"{code}: {measure} wants {sorted(NUMBERS[measure])}, not {sorted(numbers)}.")
    if any(not row[name] > 0 for name in (*numbers, "points")):
        raise BadPatterns(f"{code}: every threshold is above zero.")
    return Pattern(
        code=code,
        measure=measure,
        column=row.get("column", ""),
        points=row["points"],
        tempo=Tempo(row["tempo"]),
        zh=row["zh"],
        en=row["en"],
        numbers={name: float(row[name]) for name in numbers},
    )
