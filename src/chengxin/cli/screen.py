"""`chengxin screen`: match persons and enterprises of one file against a list in another, without a database."""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from chengxin.cli.snapshots import is_snapshot, read_snapshot
from chengxin.kernel.clock import now

if TYPE_CHECKING:
    from chengxin.screening.contracts import Hit
    from chengxin.screening.facade import Rows

_EVERY = 2.0


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("screen", help="match a file of persons and enterprises against a list")
    columns = "id,kind,name,alias,id_no,uscc,birth_date,region"
    parser.add_argument(
        "--list",
        type=Path,
        required=True,
        dest="entries",
        help=f"CSV or Parquet with {columns}, or a signed list of the platform (.ndjson) with --key",
    )
    parser.add_argument("--key", default="", help="the platform's public key (hex), to check a signed list with")
    parser.add_argument("--queries", type=Path, required=True, help="the same columns; kind is person or enterprise")
    parser.add_argument(
        "--out", type=Path, required=True, help="CSV of query_id,entry_id,score,tier,action,rule,explanation"
    )
    parser.add_argument("--json", action="store_true", help="print one object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the hits; say what was read, set aside and found."""
    from chengxin.screening import facade  # noqa: PLC0415 - the tables are read only for this

    facade.require_place(arguments.out, beside=(arguments.entries, arguments.queries))
    entries = _entries(arguments.entries, arguments.key)
    queries = facade.read_rows(arguments.queries)
    began = time.monotonic()
    segment = facade.build(entries.frame, progress=_told("名单"))
    built = time.monotonic()
    found = facade.Screener(segment).screen(queries, progress=_told("比对"))
    counts = _write(arguments.out, found)
    facade.write_aside(arguments.out, entries.listed(arguments.entries.name) + queries.listed(arguments.queries.name))
    said = {
        "list": len(entries.frame),
        "queries": len(queries.frame),
        "hits": sum(counts.values()) - counts["unanswered"],
        "tiers": {tier: counts[tier] for tier in ("identifier", "strong", "medium", "weak")},
        "list_aside": entries.reasons(),
        "queries_aside": queries.reasons(),
        "version": segment.version,
        "seconds": {"build": round(built - began, 3), "match": round(time.monotonic() - built, 3)},
    }
    if arguments.json:
        print(json.dumps(said))
    else:
        print(f"名单 {said['list']:,} 条，查询 {said['queries']:,} 条，命中 {said['hits']:,} 条 → {arguments.out}")
    if not len(entries.frame):
        print(
            f"{arguments.entries.name}：没有一条可以比对的名单，没有命中不说明任何问题。（SCR-NO-LIST）",
            file=sys.stderr,
        )
    _warn(arguments.entries, entries.reasons())
    _warn(arguments.queries, queries.reasons())
    return 0


def _entries(path: Path, key: str) -> Rows:
    from chengxin.screening import facade  # noqa: PLC0415

    if is_snapshot(path):
        return facade.check_rows(read_snapshot(path, public_key=key, at=now()))
    return facade.read_rows(path)


def _write(path: Path, hits: Iterator[Hit]) -> Counter[str]:
    """Write hits as they come, and count them by tier."""
    from chengxin.screening.contracts import HIT_COLUMNS  # noqa: PLC0415

    counts: Counter[str] = Counter()
    with path.open("w", newline="", encoding="utf-8") as lines:
        table = csv.writer(lines, lineterminator="\n")
        table.writerow(HIT_COLUMNS)
        for hit in hits:
            counts[hit.tier] += 1
            table.writerow(
                (hit.query_id, hit.entry_id, f"{hit.score:.4f}", hit.tier, hit.action, hit.rule, hit.explanation)
            )
    return counts


def _told(what: str) -> Callable[[int, int], None]:
    """Return a listener that says how far long work is, every other second."""
    last = time.monotonic()

    def tell(done: int, of: int) -> None:
        nonlocal last
        if time.monotonic() - last > _EVERY:
            last = time.monotonic()
            print(f"{what} {done:,} / {of:,}", file=sys.stderr, flush=True)

    return tell


def _warn(path: Path, reasons: dict[str, int]) -> None:
    from chengxin.screening.facade import reason_text  # noqa: PLC0415

    for code, rows in reasons.items():
        print(f"{path.name}：{rows:,} 行没有比对。{reason_text(code)}（{code}）", file=sys.stderr)
