"""From figures to marks, exactly: the same figures and the same version give the same marks, whoever asks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from chengxin.kernel.refusal import Refusal, Refused
from chengxin.law.facade import cites
from chengxin.standards.contracts import Change, Counted, Figure, Indicator, Level, Mark, Reading, Source, Standard

FEWEST: Final = 2
HEAVIEST: Final = 100
_FULL: Final = Fraction(100)


@cites("SZ/29", "D/indicator-standard")
def judge(standard: Standard, figures: Mapping[str, Figure]) -> tuple[Mark, ...]:
    """Return what a version prints for some figures, dimension by dimension; they are never put together."""
    return tuple(_mark(standard, place, figures) for place in range(len(standard.dimensions)))


def _mark(standard: Standard, place: int, figures: Mapping[str, Figure]) -> Mark:
    dimension = standard.dimensions[place]
    mine = [one for one in standard.indicators if one.dimension == dimension.name]
    readings = tuple(_reading(one, figures.get(one.source)) for one in mine)
    counting = [one.indicator for one in readings if one.counted is Counted.YES]
    known, whole = sum(one.weight for one in counting), sum(one.weight for one in mine)
    if not known or known * 100 < whole * standard.coverage:
        return Mark(dimension=dimension, points=None, level=None, known=known * 100 // whole, readings=readings)
    total = sum((_exact(one, figures[one.source].value) * one.weight for one in counting), Fraction(0))
    points = _rounded(total / known)
    return Mark(
        dimension=dimension,
        points=points,
        level=level_of(standard, points),
        known=known * 100 // whole,
        readings=readings,
    )


def _reading(one: Indicator, figure: Figure | None) -> Reading:
    if figure is None:
        return Reading(indicator=one, figure=None, counted=Counted.UNKNOWN, points=None)
    if figure.sample < one.floor:
        return Reading(indicator=one, figure=figure, counted=Counted.TOO_FEW, points=None)
    points = _rounded(_exact(one, figure.value))
    return Reading(indicator=one, figure=figure, counted=Counted.YES, points=points)


def _exact(one: Indicator, value: Decimal) -> Fraction:
    share = (Fraction(value) - Fraction(one.worst)) / (Fraction(one.best) - Fraction(one.worst))
    return min(max(share * _FULL, Fraction(0)), _FULL)


def _rounded(points: Fraction) -> Decimal:
    """Round to one tenth, halves up, without a detour through binary numbers."""
    tenths = Decimal(points.numerator * 10) / Decimal(points.denominator)
    return (tenths.quantize(Decimal(1), rounding=ROUND_HALF_UP) / 10).quantize(Decimal("0.1"))


def level_of(standard: Standard, points: Decimal) -> Level:
    """Return the level points reach; the lowest begins at 0, so there is one."""
    return max((one for one in standard.levels if points >= one.at_least), key=lambda one: one.at_least)


def changed(standard: Standard, change: Change) -> Standard:
    """Return a version with one indicator as somebody would have it instead; refuse what measures nothing."""
    said = {name: value for name, value in vars(change).items() if name != "indicator" and value is not None}
    found = [replace(one, **said) for one in standard.indicators if one.name == change.indicator]
    if not found or found[0].worst == found[0].best or not 1 <= found[0].weight <= HEAVIEST or found[0].floor < 1:
        raise Refused(
            Refusal(
                code="STANDARD-NO-MEASURE",
                what="这样改以后，这个指标没法计算。",
                why="指标要在另一个版本里；零分值和满分值要不同，权重是1到100的整数，最少样本至少是1。",
                next_step="请改正后再试。",
                field="indicator",
            )
        )
    swapped = tuple(found[0] if one.name == change.indicator else one for one in standard.indicators)
    return replace(standard, indicators=swapped)


def digest_of(standard: Mapping[str, object], figures: Mapping[str, Figure]) -> str:
    """Return a short digest of a version and the figures put in: two who have the same one compared the same."""
    said = {name: [str(one.value.normalize()), one.sample] for name, one in figures.items()}
    text = json.dumps([standard, said], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def problems(standard: Standard, sources: Mapping[str, Source]) -> Iterator[str]:
    """Yield what a standard may not say, a line each."""
    names = [one.name for one in standard.dimensions]
    measured = [one.source for one in standard.indicators]
    if len(names) < FEWEST:
        yield f"`dimensions`: name at least {FEWEST}; one that holds everything would be a score of the whole."
    if len(set(names)) < len(names) or len({one.name for one in standard.indicators}) < len(standard.indicators):
        yield "`dimensions`, `indicators`: each name stands once."
    if len(set(measured)) < len(measured):
        yield "`indicators`: each source counts once; twice would count the same thing in two places."
    if sorted(one.at_least for one in standard.levels)[:1] != [0]:
        yield "`levels`: the lowest begins at 0."
    if not 50 <= standard.coverage <= 100:
        yield "`coverage`: from 50 to 100; with less than half of the weight known nothing is said."
    for name in names:
        if not any(one.dimension == name for one in standard.indicators):
            yield f"`dimensions`: `{name}` has no indicator."
    for one in standard.indicators:
        yield from _problems_of(one, names, sources)


def _problems_of(one: Indicator, dimensions: list[str], sources: Mapping[str, Source]) -> Iterator[str]:
    where = f"indicator `{one.name}`"
    if one.dimension not in dimensions:
        yield f"{where}: `dimension` is none of {', '.join(dimensions)}."
    source = sources.get(one.source)
    if source is None:
        yield f"{where}: `source` is none of {', '.join(sources)}; only figures of shops are sources."
    elif not (source.low <= one.worst <= source.high and source.low <= one.best <= source.high):
        yield f"{where}: `worst` and `best` lie between {source.low} and {source.high}."
    if one.worst == one.best:
        yield f"{where}: `worst` and `best` are the same, so it measures nothing."
    if not 1 <= one.weight <= HEAVIEST:
        yield f"{where}: `weight` is a whole number from 1 to {HEAVIEST}."
    if one.floor < 1:
        yield f"{where}: `floor` is at least 1."
    if not one.basis:
        yield f"{where}: `basis` names at least one article."
