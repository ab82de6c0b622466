"""`chengxin bench misuse`: how many abusers are found, at what cost, beside plain thresholds over the same looks."""

from __future__ import annotations

import secrets
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import polars as pl

from benches.misuse_world import DAYS, KINDS, World

LOOKS_PER_CLERK = 1400


def run(root: Path, *, rows: int, seed: int | None = None) -> dict[str, Any]:  # noqa: ARG001
    """Draw a province by a seed nobody knew before, find alerts by the signs and by plain thresholds, and compare."""
    from chengxin.misuse.detection import find_alerts, find_hits
    from chengxin.misuse.patterns import patterns

    seed = secrets.randbelow(2**32) if seed is None else seed
    world = World(clerks=max(rows // LOOKS_PER_CLERK, 150), seed=seed)
    chosen = patterns()
    began = time.perf_counter()
    hits = find_hits(world.looks, chosen=chosen, among=chosen.patterns)
    alerts = find_alerts(hits, chosen=chosen)
    took = time.perf_counter() - began
    plain = find_alerts(plain_thresholds(world.looks), chosen=chosen)
    ours, theirs = judge(world, alerts), judge(world, plain)
    figures: dict[str, Any] = {
        "drawn": {"seed": seed, "clerks": world.clerks, "days": DAYS, "looks": len(world.looks)},
        "speed": {"looks/s": round(len(world.looks) / took)},
        "signs": ours["whole"],
        "plain thresholds": theirs["whole"],
    }
    for kind in KINDS:
        figures[f"recall {kind}"] = {"signs": ours["recall"][kind], "plain": theirs["recall"][kind]}
    return figures


def judge(world: World, alerts: pl.DataFrame) -> dict[str, dict[str, float]]:
    """Return recall overall and per pattern of abuse, precision, and alerts a day for a thousand clerks."""
    alerted = {int(clerk) for clerk in alerts["clerk"]}
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for clerk, kind in world.abusers.items():
        by_kind[kind].append(clerk in alerted)
    right = sum(int(clerk) in world.abusers for clerk in alerts["clerk"])
    found = [one for kinds in by_kind.values() for one in kinds]
    whole = {
        "recall": round(sum(found) / len(found), 3),
        "precision": round(right / max(len(alerts), 1), 3),
        "alerts/day/1000 clerks": round(len(alerts) / DAYS / world.clerks * 1000, 2),
    }
    return {"whole": whole, "recall": {kind: round(sum(found) / len(found), 3) for kind, found in by_kind.items()}}


def plain_thresholds(looks: pl.DataFrame) -> pl.DataFrame:
    """Return hits of the usual fixed limits, the same for everybody and blind to explanations: the yardstick."""
    looks = looks.with_columns(day=pl.col("at").dt.date(), hour=pl.col("at").dt.hour())
    daily = pl.len().over("clerk", "day")
    rules = {
        "many": daily > 200,
        "night": (pl.col("hour") < 6) | (pl.col("hour") >= 22),
        "same": pl.len().over("clerk", "subject") >= 6,
        "self": pl.col("is_self"),
        "export": pl.col("persons") > 50,
        "rare": pl.len().over("purpose") / pl.len() < 0.002,
    }
    return pl.concat(
        looks.filter(rule).select(
            pl.lit(name).alias("pattern"), "clerk", "day", pl.lit(10, dtype=pl.Int32).alias("points"), "row"
        )
        for name, rule in rules.items()
    )
