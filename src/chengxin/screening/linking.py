"""Find the records of two registers that are about the same subject (身份归并): weights learned, gates ours.

Sunter, Fellegi (1969), "A Theory for Record Linkage": each column that agrees adds `log2(m/u)`, each that differs
takes away. `m` is learned from the candidates by expectation maximisation, `u` from pairs drawn at random.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from itertools import combinations
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from chengxin.kernel.refusal import Refusal, Refused
from chengxin.screening.cells import Holds, are_alike, nominating, read_cells, what_it_holds
from chengxin.screening.numbers import read_number

Floats = npt.NDArray[np.float64]
Levels = npt.NDArray[np.int8]
Mask = npt.NDArray[np.bool_]

MODEL_VERSION: Final = "2026-11.3"
LINK: Final = 0.5
REVIEW: Final = 0.05
# A rule may bring this many candidates for each record; those that bring fewest come first.
_CANDIDATES: Final = 12.0
_RULES: Final = 14
_ROUNDS: Final = 40
_REFINED: Final = 3
_TEACHERS: Final = 200
_DRAWN: Final = 400_000
_START: Final = (0.86, 0.09, 0.05)
_SMALL: Final = 1e-5
_LEAST_AGREEING: Final = 2
"""A name alone links nobody, however rare it is among those who are there."""


class Level(IntEnum):
    """How a column of two records compares."""

    MISSING = 0
    SAME = 1
    ALIKE = 2
    DIFFERENT = 3


@dataclass(frozen=True, kw_only=True)
class Linked:
    """The pairs found, and what the model learned."""

    pairs: pl.DataFrame
    columns: tuple[str, ...]
    rules: tuple[str, ...]
    candidates: int
    refused: int


@dataclass(frozen=True)
class _Register:
    """One register as folded columns, what candidates share in each, and what each holds."""

    ids: pl.Series
    frame: pl.DataFrame
    keys: pl.DataFrame
    holds: dict[str, Holds]


def link(one: pl.DataFrame, other: pl.DataFrame) -> Linked:
    """Return the pairs of records about one subject; the first column of each frame is its id.

    Two valid different identifiers never make a pair. A record is linked to one of the other register at most; what
    is likely and not best for both is left for a person, and so is who agrees in one column that is no identifier.
    """
    columns = tuple(name for name in one.columns[1:] if name in other.columns[1:])
    if not columns:
        raise Refused(
            Refusal(code="LNK-COLUMNS", what="两个文件没有同名的列。", next_step="请把要比较的列改成相同的列名。")
        )
    holds = {name: what_it_holds(_cells(one, name), _cells(other, name)) for name in columns}
    left, right = _register(one, holds), _register(other, holds)
    rules, pairs = _candidates(left, right, columns)
    levels = np.stack([_levels(left, right, pairs, name) for name in columns], axis=1)
    refused, numbered = _by_number(one, other, pairs, columns)
    pairs, levels, numbered = (pairs[0][~refused], pairs[1][~refused]), levels[~refused], numbered[~refused]
    rarity = np.stack([_rarity(left, right, pairs, name) for name in columns], axis=1)
    rarity = np.where(levels == Level.SAME, rarity, 0.0)
    parts = _parts(left, right, pairs, (levels, rarity))
    total = parts.sum(axis=1) + _prior(left, right)
    agreeing = ((levels == Level.SAME) | (levels == Level.ALIKE)).sum(axis=1)
    chosen = _decided(pairs, total, may_link=numbered | (agreeing >= _LEAST_AGREEING))
    return Linked(
        pairs=_told((left, right), pairs, columns, (levels, parts, total), chosen),
        columns=columns,
        rules=tuple("+".join(rule) for rule in rules),
        candidates=len(total),
        refused=int(refused.sum()),
    )


def _cells(frame: pl.DataFrame, name: str) -> pl.Series:
    return frame[name].cast(pl.String).fill_null("").str.strip_chars()


def _register(frame: pl.DataFrame, holds: dict[str, Holds]) -> _Register:
    texts = pl.DataFrame({name: read_cells(_cells(frame, name), kind).alias(name) for name, kind in holds.items()})
    keys = pl.DataFrame({name: nominating(texts[name], kind).alias(name) for name, kind in holds.items()})
    return _Register(frame.to_series(0).cast(pl.String), texts, keys.with_row_index("at"), holds)


Pair = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]


def _candidates(left: _Register, right: _Register, columns: tuple[str, ...]) -> tuple[list[tuple[str, ...]], Pair]:
    """Return the rules that nominate pairs (columns that agree), and the pairs each once."""
    most = _CANDIDATES * max(len(left.ids), len(right.ids))
    sizes: dict[tuple[str, ...], float] = {(name,): _size(left, right, (name,)) for name in columns}
    for two in combinations(columns, 2):
        if all(sizes[(name,)] > most / 4 for name in two):
            sizes[two] = _size(left, right, two)
    for three in combinations(columns, 3):
        if all(sizes.get(two, 0) > most / 4 for two in combinations(three, 2)):
            sizes[three] = _size(left, right, three)
    rules = sorted((rule for rule, size in sizes.items() if 0 < size <= most), key=lambda rule: (sizes[rule], rule))
    found = [_joined(left, right, rule) for rule in rules[:_RULES]]
    frame = pl.concat(found).unique().sort("at", "at_right") if found else pl.DataFrame({"at": [], "at_right": []})
    return rules[:_RULES], (frame["at"].cast(pl.Int64).to_numpy(), frame["at_right"].cast(pl.Int64).to_numpy())


def _keyed(register: _Register, rule: tuple[str, ...]) -> pl.DataFrame:
    key = pl.concat_str([pl.col(name) for name in rule], separator="\x1f").hash(seed=1).alias("key")
    return register.keys.filter(pl.all_horizontal(pl.col(name) != "" for name in rule)).select("at", key)


def _size(left: _Register, right: _Register, rule: tuple[str, ...]) -> float:
    one = _keyed(left, rule).group_by("key").len()
    other = _keyed(right, rule).group_by("key").len()
    both = one.join(other, on="key")
    return float((both["len"].cast(pl.Float64) * both["len_right"].cast(pl.Float64)).sum())


def _joined(left: _Register, right: _Register, rule: tuple[str, ...]) -> pl.DataFrame:
    return _keyed(left, rule).join(_keyed(right, rule), on="key").select("at", "at_right")


def _levels(left: _Register, right: _Register, pairs: Pair, name: str) -> Levels:
    """Return how a column compares in each pair."""
    one, other = left.frame[name].gather(pairs[0]), right.frame[name].gather(pairs[1])
    same = (one == other).to_numpy()
    missing = ((one == "") | (other == "")).to_numpy()
    levels = np.full(len(same), Level.DIFFERENT, np.int8)
    rest = np.flatnonzero(~same & ~missing)
    if len(rest):
        keys = left.keys[name].gather(pairs[0][rest]), right.keys[name].gather(pairs[1][rest])
        close = are_alike(one.gather(rest), other.gather(rest), left.holds[name], keys=keys)
        levels[rest[close]] = Level.ALIKE
    levels[same] = Level.SAME
    levels[missing] = Level.MISSING
    return levels


def _by_number(one: pl.DataFrame, other: pl.DataFrame, pairs: Pair, columns: tuple[str, ...]) -> tuple[Mask, Mask]:
    """Tell which pairs hold two valid identifiers of one kind that differ, nobody merges those but a person; and which
    hold the same one.
    """
    refused, same = np.zeros(len(pairs[0]), bool), np.zeros(len(pairs[0]), bool)
    for name in columns:
        keys = [_valid_numbers(frame[name]) for frame in (one, other)]
        if any(key.is_not_null().any() for key in keys):
            a, b = keys[0].gather(pairs[0]), keys[1].gather(pairs[1])
            kinds = a.str.head(4) == b.str.head(4)
            refused |= ((a != b) & kinds).fill_null(value=False).to_numpy()
            same |= (a == b).fill_null(value=False).to_numpy()
    return refused, same


def _valid_numbers(cells: pl.Series) -> pl.Series:
    """Return the identifiers of a column whose check digit holds, with their kind before them."""
    texts = cells.cast(pl.String).fill_null("")
    likely = texts.str.contains(r"^[\s0-9A-Za-z０-９-]{15,24}$")
    if likely.mean() in {None, 0.0}:
        return pl.Series([None] * len(texts), dtype=pl.String)
    distinct = texts.filter(likely).unique()
    numbers = [read_number(text) for text in distinct.to_list()]
    valid = [f"{number.kind}:{number.text}" if number and number.is_valid else None for number in numbers]
    return texts.replace_strict(distinct, pl.Series(valid, dtype=pl.String), default=None)


def _parts(left: _Register, right: _Register, pairs: Pair, found: tuple[Levels, Floats]) -> Floats:
    """Return what each column adds to each pair, learned from all candidates and then from the best ones alone.

    Who lives together shares more than strangers do: among all candidates families look like people who changed
    their names. Of each record only the best candidate teaches how often the columns of one person differ.
    """
    levels, rarity = found
    by_chance = _by_chance(left, right, tuple(left.holds))
    weights = _weights(levels, by_chance, share=min(0.5, min(len(left.ids), len(right.ids)) / max(len(levels), 1)))
    for _ in range(_REFINED):
        parts = _added(weights, levels) + rarity
        total = parts.sum(axis=1) + _prior(left, right)
        sure = np.flatnonzero(_are_best(pairs, total) & (total > 0))
        if len(sure) < _TEACHERS:
            break
        m = np.stack([_shares(levels[sure, place], 1.0) for place in range(levels.shape[1])])
        weights = _ratio(m, by_chance)
    return _added(weights, levels) + rarity


def _added(weights: Floats, levels: Levels) -> Floats:
    added: Floats = np.take_along_axis(weights.T[None], levels[:, None, :].astype(np.int64), axis=1)[:, 0]
    return added


def _are_best(pairs: Pair, total: Floats) -> Mask:
    """Tell which pairs no other pair of either record outweighs."""
    best = np.ones(len(total), bool)
    for side in pairs:
        if len(side):
            most = np.full(int(side.max()) + 1, -np.inf)
            np.maximum.at(most, side, total)
            best &= most[side] <= total
    return best


def _by_chance(left: _Register, right: _Register, columns: tuple[str, ...]) -> Floats:
    """Return how often pairs drawn at random compare at each level."""
    draw = np.random.default_rng(19)
    drawn = (draw.integers(0, len(left.ids), _DRAWN), draw.integers(0, len(right.ids), _DRAWN))
    return np.stack([_shares(_levels(left, right, drawn, name), 1.0) for name in columns])


def _weights(levels: Levels, by_chance: Floats, *, share: float) -> Floats:
    """Return `log2(m/u)` of each column and level; nothing for a missing value."""
    patterns, counts = np.unique(levels, axis=0, return_counts=True)
    m = np.tile(np.array(_START), (levels.shape[1], 1))
    for _ in range(_ROUNDS):
        odds = np.log(share / (1 - share)) + _log_ratio(m, by_chance, patterns).sum(axis=1)
        likely = 1 / (1 + np.exp(-np.clip(odds, -60, 60)))
        weight = counts * likely
        share = float(np.clip(weight.sum() / counts.sum(), 1e-6, 1 - 1e-6))
        for place in range(len(m)):
            m[place] = _shares(patterns[:, place], weight)
    return _ratio(m, by_chance)


def _ratio(m: Floats, by_chance: Floats) -> Floats:
    ratio = np.log2(m / by_chance)
    # A value that differs is never a sign of sameness, whatever the candidates seemed to teach.
    ratio[:, 2] = np.minimum(ratio[:, 2], 0.0)
    return np.concatenate((np.zeros((len(m), 1)), ratio), axis=1)


def _shares(levels: Levels, weight: Floats | float) -> Floats:
    counts = np.bincount(levels, np.broadcast_to(weight, levels.shape), minlength=4)[1:4] + _SMALL
    shares: Floats = counts / counts.sum()
    return np.clip(shares, _SMALL, None)


def _log_ratio(m: Floats, u: Floats, patterns: Levels) -> Floats:
    ratio = np.concatenate((np.zeros((len(m), 1)), np.log(m / u)), axis=1)
    found: Floats = ratio[np.arange(len(m)), patterns.astype(np.int64)]
    return found


def _rarity(left: _Register, right: _Register, pairs: Pair, name: str) -> Floats:
    """Return how much more a shared value says than the usual shared value: a rare surname more than a common one."""
    both = pl.concat([left.frame[name], right.frame[name]])
    counted = both.filter(both != "").value_counts(name="n")
    total = float(counted["n"].sum() or 1)
    share = counted["n"].cast(pl.Float64) / total
    usual = float((share**2).sum() or 1.0)
    table = pl.DataFrame({name: counted[name], "gain": (usual / share).log(2).clip(-4.0, 3.0) * 0.7})
    values = left.frame.select(name)[pairs[0]].join(table, on=name, how="left", maintain_order="left")
    return values["gain"].fill_null(0.0).to_numpy()


def _prior(left: _Register, right: _Register) -> float:
    """Return the weight of any pair before it is looked at: one of the other register is its match, if any."""
    return float(-np.log2(max(len(left.ids), len(right.ids))))


def _decided(pairs: Pair, total: Floats, *, may_link: Mask) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Return the pairs that are linked or left for a person: those best for both sides, and their rivals."""
    chance = 1 / (1 + np.exp2(-np.clip(total, -60, 60)))
    shown = np.flatnonzero(chance >= REVIEW)
    best: list[dict[int, float]] = [{}, {}]
    for side in (0, 1):
        for place in shown.tolist():
            key = int(pairs[side][place])
            best[side][key] = max(best[side].get(key, -np.inf), float(total[place]))
    decisions = []
    for place in shown.tolist():
        first = all(best[side][int(pairs[side][place])] <= total[place] for side in (0, 1))
        decisions.append("link" if first and may_link[place] and chance[place] >= LINK else "review")
    return shown, decisions


def _told(
    registers: tuple[_Register, _Register],
    pairs: Pair,
    columns: tuple[str, ...],
    found: tuple[Levels, Floats, Floats],
    chosen: tuple[npt.NDArray[np.int64], list[str]],
) -> pl.DataFrame:
    """Return one row for each pair: ids, chance, weight, decision, and what each column added."""
    levels, parts, total = found
    places, decisions = chosen
    words: dict[int, str] = {Level.SAME: "相同", Level.ALIKE: "相近", Level.DIFFERENT: "不同", Level.MISSING: "缺"}
    explained = [
        "；".join(
            f"{name}{words[int(level)]}{part:+.1f}"
            for name, level, part in zip(columns, levels[p], parts[p], strict=True)
        )
        for p in places.tolist()
    ]
    values: dict[str, Any] = {
        "a_id": registers[0].ids.gather(pairs[0][places]),
        "b_id": registers[1].ids.gather(pairs[1][places]),
        "probability": (1 / (1 + np.exp2(-np.clip(total[places], -60, 60)))).round(6),
        "weight": total[places].round(3),
        "decision": pl.Series(decisions, dtype=pl.String),
        "explanation": pl.Series(explained, dtype=pl.String),
    }
    return pl.DataFrame(values).sort(["a_id", "b_id"])
