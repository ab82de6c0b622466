"""`chengxin detect …`: signs of bought reputation in plain files; a sign opens a question and changes nothing."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("detect", help="signs of bought reputation in plain files")
    commands = parser.add_subparsers(dest="detect_command", required=True)
    blocks = commands.add_parser("blocks", help="accounts that lie unusually close together on the same shops")
    blocks.add_argument("edges", type=Path, help="Parquet or CSV with source,target and maybe time")
    blocks.add_argument("--out", type=Path, required=True, help="JSON of the blocks with their evidence")
    blocks.set_defaults(run=run_blocks)
    documents = commands.add_parser("documents", help="orders whose papers disagree in two independent ways")
    documents.add_argument("folder", type=Path, help="tables named as the lake's datasets, or Olist's")
    documents.add_argument("--out", type=Path, required=True, help="CSV of leads with their evidence")
    documents.add_argument("--zone", default="Asia/Shanghai", help="zone of times without an offset")
    documents.set_defaults(run=run_documents)
    raters = commands.add_parser("raters", help="raters to look at first, learnt from known ones of another network")
    raters.add_argument("ratings", type=Path, help="CSV with source,target,rating,time to learn from; may be gzipped")
    raters.add_argument("--train", type=Path, required=True, help="CSV with source,label: fraudulent or fair (-1, +1)")
    raters.add_argument("--on", type=Path, required=True, help="CSV of the ratings whose raters are ranked")
    raters.add_argument("--out", type=Path, required=True, help="CSV of rank,source,score,given,reasons,needs,model")
    raters.set_defaults(run=run_raters)
    for one in (blocks, documents, raters):
        one.add_argument("--json", action="store_true", help="print one object")


def run_blocks(arguments: argparse.Namespace) -> int:
    """Write the blocks with their evidence, and say how many."""
    from chengxin.reputation import facade  # noqa: PLC0415 - the compiler is loaded only for this

    facade.require_place(arguments.out)
    found = facade.report_blocks(facade.read_edges(arguments.edges), progress=_progress(quiet=arguments.json))
    arguments.out.write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")
    if arguments.json:
        print(json.dumps({**found, "blocks": len(found["blocks"])}, ensure_ascii=False))
        return 0
    said = [f"{found['edges']:,} 条", f"{found['sources']:,} 个账号", f"{found['targets']:,} 个店铺"]
    print("，".join([*said, f"{len(found['blocks'])} 个密集块"]))
    for block in found["blocks"]:
        beside = f"，是往常最高值的 {block['ratio']:.2f} 倍" if block["alarm"] else ""
        print(
            f"  {len(block['sources']):,} 个账号，{len(block['targets']):,} 个店铺，密度 {block['density']:.4f}{beside}"
        )
    return 0


def run_documents(arguments: argparse.Namespace) -> int:
    """Write the leads among the orders of a folder, and say how often each rule fired."""
    from chengxin.reputation import facade  # noqa: PLC0415 - as above

    facade.require_place(arguments.out)
    with tempfile.TemporaryDirectory(prefix="chengxin-") as own:
        facts, orders, questioned = _facts(arguments.folder, Path(own), zone=arguments.zone)
    judged = facade.judge(facts, orders=orders)
    judged.leads.write_csv(arguments.out)
    said = {
        "orders": judged.orders,
        "noted": judged.noted,
        "leads": len(judged.leads),
        "fired": judged.fired,
        "questioned": questioned,
    }
    if arguments.json:
        print(json.dumps(said))
        return 0
    print(f"{judged.orders:,} 个订单，{judged.noted:,} 个有一处提示，{len(judged.leads):,} 条线索")
    for code, orders in judged.fired.items():
        print(f"  {code:<4}{orders:>10,}")
    for dataset, rows in questioned.items():
        if rows:
            print(f"  {dataset}: {rows:,} 行有疑问，未计入", file=sys.stderr)
    return 0


def run_raters(arguments: argparse.Namespace) -> int:
    """Write the raters in the order of a review queue, and say what the order was learnt from."""
    from chengxin.reputation import facade  # noqa: PLC0415 - as above

    facade.require_place(arguments.out)
    ratings, labels = facade.read_ratings(arguments.ratings), facade.read_labels(arguments.train)
    other = facade.read_ratings(arguments.on)
    ranked = facade.rank_raters(ratings, labels, other)
    ranked.raters.write_csv(arguments.out)
    aside = {"ratings": ratings.aside, "labels": labels.aside, "other": other.aside}
    said = {
        "raters": len(ranked.raters),
        "learnt_from": {"fraudulent": ranked.fraudulent, "fair": ranked.fair, "rate_nobody": ranked.silent},
        "known_told_apart_auc": ranked.auc,
        "penalties": 0,
        "needs": ranked.needs,
        "aside": aside,
        "model": ranked.model,
    }
    if arguments.json:
        print(json.dumps(said, ensure_ascii=False))
        return 0
    print(
        f"{len(ranked.raters):,} 个评价人已排核查顺序，依据 {ranked.fraudulent:,} 个虚假、{ranked.fair:,} 个公正的标注"
    )
    print(f"  交叉检验 AUC {ranked.auc:.3f}。{ranked.needs['zh']}")
    for file, reasons in aside.items():
        for reason, rows in reasons.items():
            if rows:
                print(f"  {file}: {reason} {rows:,}", file=sys.stderr)
    return 0


def _facts(folder: Path, own: Path, *, zone: str) -> tuple[pl.DataFrame, int, dict[str, int]]:
    """Return facts of each order on which a rule may fire, how many orders there are, and rows questioned by table.

    The tables go through the lake's own reading, into a lake and with keys of this run alone; nothing of them stays.
    """
    os.environ["CHENGXIN_KEYS"] = str(own / "keys")
    import django  # noqa: PLC0415 - settings are read after the environment is set

    django.setup()
    from chengxin.crypto import facade as crypto  # noqa: PLC0415 - as above
    from chengxin.kernel.clock import now  # noqa: PLC0415 - as above
    from chengxin.lake import facade as lake  # noqa: PLC0415 - as above
    from chengxin.reputation import facade  # noqa: PLC0415 - as above

    crypto.create_missing(own / "keys")
    store = lake.Store(own / "lake")
    deliveries = lake.load_folder(folder, now=now(), zone=zone, store=store, keep=lambda _rows: "")
    standing = store.standing("orders")
    days = [day for _platform, day in standing]
    made = lake.run(
        "document_facts",
        from_day=min(days),
        until_day=max(days) + timedelta(days=1),
        columns=facade.document_columns(),
        where=facade.document_condition(),
        near=facade.document_near(),
        engine=lake.DuckDB(),
        store=store,
    )
    orders = sum(day.rows for day in standing.values())
    return lake.rows_of(made), orders, {one.dataset: one.questioned for one in deliveries}


def _progress(*, quiet: bool) -> Callable[[int, int], None]:
    def show(done: int, whole: int) -> None:
        if not quiet:
            print(f"\r  {done}/{whole}", end="\n" if done == whole else "", file=sys.stderr, flush=True)

    return show
