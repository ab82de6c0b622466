"""Read findings from files: the declared format, and what `chengxin detect blocks|documents` writes."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from chengxin.kernel.refusal import Refusal, Refused
from chengxin.leads.contracts import FORMAT, Both, Finding, Row, Tie
from chengxin.leads.families import families, find_rule
from chengxin.reputation.contracts import Attack

_BLOCK: Final = "dense_block"


def read_findings(path: Path, *, platform: str = "") -> list[Finding]:
    """Return the findings of a file: JSON lines of the declared format, BLOCKS.json or LEADS.csv of `detect`.

    A block says nothing of the platform, so `platform` names it; a lead of papers names its own.
    """
    if not path.is_file():
        raise Refused(Refusal(code="LD-NO-FILE", what="没有找到文件。", next_step="请核对路径。"))
    try:
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as lines:
                return list(from_documents(list(csv.DictReader(lines)), platform=platform))
        text = path.read_text("utf-8")
        said = json.loads(text) if not text.startswith(f'{{"format": "{FORMAT}"') else None
        if isinstance(said, dict) and "blocks" in said:
            return list(from_blocks(said, platform=platform))
        return [from_dict(json.loads(line)) for line in text.splitlines() if line.strip()]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused(
            Refusal(
                code="LD-FORMAT",
                what="文件不是发现的格式。",
                why="要 {format} 的 JSON 行，或者 chengxin detect blocks、documents 的输出。",
                next_step="请核对文件；格式写在 leads 的 README 里。",
                values={"format": FORMAT},
            )
        ) from error


def from_dict(said: Mapping[str, Any]) -> Finding:
    """Return one finding of the declared format."""
    if said["format"] != FORMAT:
        raise ValueError(f"The format is {said['format']}, not {FORMAT}.")
    rule = find_rule(said["family"], said["rule"])
    return Finding(
        platform=said["platform"],
        shop=said["shop"],
        family=said["family"],
        rule=said["rule"],
        kind=rule.kind if rule else said["kind"],
        first_day=date.fromisoformat(said["first_day"]),
        end_day=date.fromisoformat(said["end_day"]),
        rows=[
            Row(day=date.fromisoformat(row["day"]), order=row.get("order", ""), values=row.get("values", {}))
            for row in said["rows"]
        ],
        values=said["values"],
        limits=said.get("limits", {}),
        honest_per_10000=said.get("honest_per_10000"),
        says=rule.says if rule else _both(said["says"]),
        clears=rule.clears if rule else _both(said["clears"]),
        model=said["model"],
        ties=[
            Tie(account=tie["account"], shop=tie["shop"], day=date.fromisoformat(tie["day"]))
            for tie in said.get("ties", ())
        ],
    )


def from_blocks(said: Mapping[str, Any], *, platform: str) -> Iterator[Finding]:
    """Yield one finding for each shop of each dense block; a block without times is no alarm and gives none."""
    rule = families()["graph"].rules[_BLOCK]
    for block in said["blocks"]:
        if not block["alarm"]:
            continue
        ties = [Tie(account=r["source"], shop=r["target"], day=date.fromisoformat(r["day"])) for r in block["rows"]]
        for shop in block["targets"]:
            own = [tie for tie in ties if tie.shop == shop]
            if own:
                yield Finding(
                    platform=platform,
                    shop=shop,
                    family="graph",
                    rule=_BLOCK,
                    kind=rule.kind,
                    first_day=date.fromisoformat(block["first_day"]),
                    end_day=date.fromisoformat(block["end_day"]),
                    rows=[Row(day=tie.day) for tie in own],
                    values={
                        "accounts": len({tie.account for tie in own}),
                        "orders": len(own),
                        "shops": len(block["targets"]),
                        "density": block["density"],
                        "usual_density": block["usual_density"],
                        "ratio": block["ratio"],
                    },
                    limits={"alarm": said["threshold"], "usual_density": block["usual_density"]},
                    honest_per_10000=None,
                    says=rule.says,
                    clears=rule.clears,
                    model=said["model"],
                    ties=ties,
                )


def from_documents(
    leads: Sequence[Mapping[str, str]],
    *,
    platform: str = "",
    buyers: Mapping[str, str] | None = None,
    family: str = "documents",
) -> Iterator[Finding]:
    """Yield one finding for each shop and rule among orders whose papers disagree; `buyers` are accounts by order."""
    seen: dict[tuple[str, str, str], list[tuple[Mapping[str, str], Mapping[str, Any]]]] = defaultdict(list)
    for lead in leads:
        for evidence in json.loads(lead["evidence"]):
            seen[platform or lead["platform"], lead["seller_id"], evidence["rule"]].append((lead, evidence))
    for (body, shop, code), orders in sorted(seen.items()):
        first, evidence = orders[0]
        rule = find_rule(family, code)
        days = [date.fromisoformat(lead["day"]) for lead, _evidence in orders]
        yield Finding(
            platform=body,
            shop=shop,
            family=family,
            rule=code,
            kind=rule.kind if rule else evidence["paper"],
            first_day=min(days),
            end_day=max(days) + timedelta(days=1),
            rows=[
                Row(day=day, order=lead["order_id"], values=shown["values"])
                for day, (lead, shown) in zip(days, orders, strict=True)
            ],
            values={"orders": len(orders)},
            limits=evidence["limits"],
            honest_per_10000=evidence["honest_per_10000"],
            says=rule.says if rule else (first["titles"], first["titles"]),
            clears=rule.clears if rule else (first["clears"], first["clears"]),
            model=first["model"],
            ties=_ties(orders, shop, buyers or {}),
        )


def _ties(orders: Sequence[tuple[Mapping[str, str], Any]], shop: str, buyers: Mapping[str, str]) -> list[Tie]:
    """Return who ordered what a rule fired on, as far as it is known."""
    return [
        Tie(account=buyers[lead["order_id"]], shop=shop, day=date.fromisoformat(lead["day"]))
        for lead, _evidence in orders
        if lead["order_id"] in buyers
    ]


def from_attacks(found: Sequence[Attack], *, platform: str) -> Iterator[Finding]:
    """Yield one finding for each rule about bad reviews against a shop."""
    for one in found:
        rule = families()["against"].rules[one.rule]
        yield Finding(
            platform=platform,
            shop=one.seller_id,
            family="against",
            rule=one.rule,
            kind=one.kind,
            first_day=one.first_day,
            end_day=one.end_day,
            rows=[
                Row(day=row["day"], order=row["order_id"], values={"score": row["score"]})
                for row in one.rows.iter_rows(named=True)
            ],
            values=one.values,
            limits=one.limits,
            honest_per_10000=None,
            says=rule.says,
            clears=rule.clears,
            model=one.model,
            ties=[
                Tie(account=row["buyer"], shop=row["seller_id"], day=row["day"])
                for row in one.ties.iter_rows(named=True)
            ],
        )


def _both(words: Sequence[str]) -> Both:
    return words[0], words[1]
