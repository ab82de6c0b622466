"""Rules over the papers of each order (三单比对): one rule that fires is a note, two of different papers are a lead.

Null is unknown, and what is unknown never fires. A lead names the rules, the values they saw, their thresholds, how
often honest orders fire them, and what would clear each; it asks a person to look and changes nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import polars as pl

from chengxin.kernel.yaml_text import read_yaml

LEAST_PAPERS = 2
# What several buyers may share: by what it is known, the rule that asks, and where it can be so.
SHARED: Final[Mapping[str, tuple[tuple[str, ...], str, pl.Expr]]] = {
    "waybill_buyers": (("platform", "waybill_no"), "R4", pl.col("orders_on_waybill") > 1),
    "device_buyers": (("platform", "seller_id", "device"), "R12", pl.col("device").is_not_null()),
}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule as `documents.yaml` declares it, its limits bound into `fires`, `may` and `near`.

    `honest` counts honest orders that fire among 10,000, or is None.
    """

    code: str
    paper: str
    title: tuple[str, str]
    shows: tuple[str, ...]
    limits: Mapping[str, int]
    fires: str
    may: str
    near: str
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
def rules(book: str = "documents") -> tuple[str, dict[str, Rule]]:
    """Return the version of a book of rules, and its rules by code."""
    said: dict[str, Any] = read_yaml((Path(__file__).parent / f"{book}.yaml").read_text("utf-8"))
    known = {
        code: Rule(
            code=code,
            paper=rule["paper"],
            title=(rule["title"][0], rule["title"][1]),
            shows=tuple(rule["shows"]),
            limits=rule.get("limits", {}),
            fires=_bound(rule["fires"], rule.get("limits", {})),
            may=_bound(rule.get("may", rule["fires"]), rule.get("limits", {})),
            near=_bound(rule.get("near", rule.get("may", rule["fires"])), rule.get("limits", {})),
            honest=rule["honest"],
            clears=(rule["clears"][0], rule["clears"][1]),
        )
        for code, rule in said["rules"].items()
    }
    return said["version"], known


def titles() -> dict[str, tuple[str, str]]:
    """Return what each rule says, by code, in Chinese and English."""
    return {code: rule.title for code, rule in rules()[1].items()}


def version() -> str:
    """Return the version of the rules."""
    return rules()[0]


def columns(book: str = "documents") -> tuple[str, ...]:
    """Return the columns of the lake's `document_facts` that some rule of a book asks about or shows."""
    _version, known = rules(book)
    asked = {name for rule in known.values() for name in (*rule.shows, *_named(rule.fires), *_named(rule.may))}
    keys = {name for keys, _code, _among in _shared(known).values() for name in keys}
    return tuple(sorted((asked | keys | {"platform", "order_id", "seller_id", "day", "buyer"}) - set(SHARED)))


def condition(book: str = "documents") -> str:
    """Return where some rule of a book may fire, as a condition over a row of `document_facts` in portable SQL."""
    return " or ".join(f"({rule.may})" for rule in rules(book)[1].values())


def near(book: str = "documents") -> str:
    """Return where, by whole numbers alone, some rule of a book may fire: wherever `condition` holds and elsewhere."""
    return " or ".join(f"({rule.near})" for rule in rules(book)[1].values())


def judge(facts: pl.DataFrame, *, orders: int | None = None, book: str = "documents") -> Judged:
    """Return the leads among orders with one row of facts each (the lake's `document_facts`).

    The rows may be those alone that satisfy `condition`; `orders` then says among how many.
    """
    version, known = rules(book)
    asked = _shared(known)
    seen = facts.lazy()
    for name, (keys, code, among) in asked.items():
        shared = _buyers(facts.lazy().filter(among), name, keys, known[code].limits["buyers"])
        seen = seen.join(shared, on=keys, how="left", maintain_order="left")
    flags = [pl.sql_expr(rule.fires).fill_null(value=False).alias(code) for code, rule in known.items()]
    papers = {rule.paper for rule in known.values()}
    spoken = pl.sum_horizontal(
        pl.any_horizontal(code for code, rule in known.items() if rule.paper == paper).cast(pl.Int8)
        for paper in sorted(papers)
    )
    # Only what the rules ask is carried along; whole rows are taken where they are leads.
    judged = seen.with_columns(flags).select(*asked, *known, papers=spoken).collect()
    leads = pl.concat([facts, judged], how="horizontal").filter(pl.col("papers") >= LEAST_PAPERS)
    leads = leads.sort("platform", "order_id")
    return Judged(
        leads=pl.DataFrame(
            [_lead(row, f"{book} {version}", known) for row in leads.iter_rows(named=True)], schema=_COLUMNS
        ),
        orders=len(judged) if orders is None else orders,
        fired={code: int(judged[code].sum()) for code in known},
        noted=int((judged["papers"] > 0).sum()),
    )


def _shared(known: Mapping[str, Rule]) -> dict[str, tuple[tuple[str, ...], str, pl.Expr]]:
    return {name: one for name, one in SHARED.items() if one[1] in known}


def _bound(said: str, limits: Mapping[str, int]) -> str:
    return re.sub(r":([a-z_]+)", lambda found: str(int(limits[found[1]])), said)


def _named(said: str) -> list[str]:
    return pl.sql_expr(said).meta.root_names()


def _buyers(facts: pl.LazyFrame, name: str, keys: tuple[str, ...], least: int) -> pl.LazyFrame:
    """Return how many known buyers share something, where that can be as many as a rule asks for."""
    known = facts.select(*keys, "buyer").filter(pl.col("buyer").is_not_null())
    often = known.group_by(keys).len().filter(pl.col("len") >= least)
    return known.join(often, on=keys, how="semi").group_by(keys).agg(pl.col("buyer").n_unique().alias(name))


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
        "model": version,
    }
