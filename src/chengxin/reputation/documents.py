"""Rules over the papers of each order (三单比对): one rule that fires is a note, two of different papers are a lead.

Null is unknown, and what is unknown never fires. A lead names the rules, the values they saw, their thresholds, how
often honest orders fire them, and what would clear each; it asks a person to look and changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import polars as pl

from chengxin.kernel.yaml_text import read_yaml

HOUR = 3600
LEAST_PAPERS = 2


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule as `documents.yaml` declares it; `honest` counts honest orders that fire among 10,000, or is None."""

    code: str
    paper: str
    title: tuple[str, str]
    shows: tuple[str, ...]
    limits: Mapping[str, int]
    honest: float | None
    clears: tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Judged:
    """Leads by order, how many orders each rule fired on, and how many orders fired any."""

    leads: pl.DataFrame
    orders: int
    fired: dict[str, int]
    noted: int


@cache
def rules() -> tuple[str, dict[str, Rule]]:
    """Return the version of the rules, and the rules by code."""
    said: dict[str, Any] = read_yaml((Path(__file__).parent / "documents.yaml").read_text("utf-8"))
    known = {
        code: Rule(
            code=code,
            paper=rule["paper"],
            title=(rule["title"][0], rule["title"][1]),
            shows=tuple(rule["shows"]),
            limits=rule.get("limits", {}),
            honest=rule["honest"],
            clears=(rule["clears"][0], rule["clears"][1]),
        )
        for code, rule in said["rules"].items()
    }
    return said["version"], known


def judge(facts: pl.DataFrame) -> Judged:
    """Return the leads among orders with one row of facts each (the lake's `document_facts`)."""
    version, known = rules()
    seen = facts.lazy()
    for name, (keys, code, among) in SHARED.items():
        shared = _buyers(facts.lazy().filter(among), name, keys, known[code].limits["buyers"])
        seen = seen.join(shared, on=keys, how="left", maintain_order="left")
    flags = [FIRES[code](rule.limits).fill_null(value=False).alias(code) for code, rule in known.items()]
    papers = {rule.paper for rule in known.values()}
    spoken = pl.sum_horizontal(
        pl.any_horizontal(code for code, rule in known.items() if rule.paper == paper).cast(pl.Int8)
        for paper in sorted(papers)
    )
    # Only what the rules ask is carried along; whole rows are taken where they are leads.
    judged = seen.with_columns(flags).select(*SHARED, *known, papers=spoken).collect()
    leads = pl.concat([facts, judged], how="horizontal").filter(pl.col("papers") >= LEAST_PAPERS)
    leads = leads.sort("platform", "order_id")
    return Judged(
        leads=pl.DataFrame([_lead(row, version, known) for row in leads.iter_rows(named=True)], schema=_COLUMNS),
        orders=len(judged),
        fired={code: int(judged[code].sum()) for code in known},
        noted=int((judged["papers"] > 0).sum()),
    )


def _buyers(facts: pl.LazyFrame, name: str, keys: tuple[str, ...], least: int) -> pl.LazyFrame:
    """Return how many known buyers share something, where that can be as many as a rule asks for."""
    known = facts.select(*keys, "buyer").filter(pl.col("buyer").is_not_null())
    often = known.group_by(keys).len().filter(pl.col("len") >= least)
    return known.join(often, on=keys, how="semi").group_by(keys).agg(pl.col("buyer").n_unique().alias(name))


def _empty_parcel(limits: Mapping[str, int]) -> pl.Expr:
    measured, stated = pl.col("measured_g"), pl.col("stated_g")
    # A light article may weigh less than the limit in grams: then only the share speaks.
    bare = (measured < limits["grams"]) & (stated >= 2 * limits["grams"])
    return (measured * 100 < stated * limits["percent"]) | bare


def _too_fast(limits: Mapping[str, int]) -> pl.Expr:
    is_inside = pl.col("from_area").str.slice(0, 4) == pl.col("to_area").str.slice(0, 4)
    hours = pl.when(is_inside.fill_null(value=True)).then(limits["inside_hours"]).otherwise(limits["between_hours"])
    return (pl.col("signed_at") - pl.col("collected_at")).is_between(0, hours * HOUR, closed="left")


def _paid_differently(limits: Mapping[str, int]) -> pl.Expr:
    """Compare what was paid with what was ordered; an order whose lines nobody handed in is unknown."""
    paid, ordered = pl.col("paid_fen"), pl.when(pl.col("line_count") > 0).then(pl.col("ordered_fen"))
    return (paid - ordered).abs() * 100 > ordered * limits["percent"]


def _went_back(limits: Mapping[str, int]) -> pl.Expr:
    is_other = (pl.col("refund_payee") == pl.col("payer")) & (pl.col("payer") != pl.col("buyer"))
    soon = (pl.col("first_refund_at") - pl.col("signed_at")).is_between(0, limits["days"] * 24 * HOUR)
    return is_other & soon & (pl.col("refunded_fen") * 100 >= pl.col("paid_fen") * limits["percent"])


# What several buyers may share: by what it is known, the rule that asks, and where it can be so.
SHARED: Final[Mapping[str, tuple[tuple[str, ...], str, pl.Expr]]] = {
    "waybill_buyers": (("platform", "waybill_no"), "R4", pl.col("orders_on_waybill") > 1),
    "device_buyers": (("platform", "seller_id", "device"), "R12", pl.col("device").is_not_null()),
}
# Where a rule fires; null where what it asks is unknown.
FIRES: Final[Mapping[str, Callable[[Mapping[str, int]], pl.Expr]]] = {
    "R2": lambda _limits: (
        pl.col("signed_at").is_not_null() & pl.col("collected_at").is_null() & (pl.col("transit_count") == 0)
    ),
    "R3": _empty_parcel,
    "R4": lambda limits: pl.col("waybill_buyers") >= limits["buyers"],
    "R5": lambda _limits: (
        (pl.col("signed_at") < pl.col("collected_at")) | (pl.col("collected_at") < pl.col("ordered_at"))
    ),
    "R6": _too_fast,
    "R7": _paid_differently,
    "R8": lambda _limits: (pl.col("declared_payer") != pl.col("orderer")) & (pl.col("identity_proven") == "no"),
    "R9": _went_back,
    "R11": lambda limits: (pl.col("first_reviewed_at") < pl.col("signed_at")) & (pl.col("score") >= limits["score"]),
    "R12": lambda limits: pl.col("device_buyers") >= limits["buyers"],
}
_COLUMNS = dict.fromkeys(
    ("platform", "order_id", "seller_id", "day", "rules", "titles", "evidence", "clears", "model"), pl.String
)


def _lead(row: Mapping[str, Any], version: str, known: Mapping[str, Rule]) -> dict[str, str]:
    """Return a lead with everything a person needs to judge it."""
    fired = [rule for code, rule in known.items() if row[code]]
    evidence = [
        {
            "rule": rule.code,
            "paper": rule.paper,
            "values": {name: row[name] for name in rule.shows},
            "limits": dict(rule.limits),
            "honest_per_10000": rule.honest,
        }
        for rule in fired
    ]
    return {
        "platform": row["platform"],
        "order_id": row["order_id"],
        "seller_id": row["seller_id"],
        "day": str(row["day"]),
        "rules": " ".join(rule.code for rule in fired),
        "titles": "；".join(rule.title[0] for rule in fired),
        "evidence": json.dumps(evidence, ensure_ascii=False, sort_keys=True),
        "clears": "；".join(rule.clears[0] for rule in fired),
        "model": f"documents {version}",
    }
