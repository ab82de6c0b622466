"""`chengxin detect …`: signs of bought reputation in plain files; a sign opens a question and changes nothing."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("detect", help="signs of bought reputation in plain files")
    commands = parser.add_subparsers(dest="detect_command", required=True)
    blocks = commands.add_parser("blocks", help="accounts that lie unusually close together on the same shops")
    blocks.add_argument("edges", type=Path, help="Parquet or CSV with source,target and maybe time")
    blocks.add_argument("--out", type=Path, required=True, help="JSON of the blocks with their evidence")
    blocks.set_defaults(run=run_blocks)
    for one in (blocks,):
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


def _progress(*, quiet: bool) -> Callable[[int, int], None]:
    def show(done: int, whole: int) -> None:
        if not quiet:
            print(f"\r  {done}/{whole}", end="\n" if done == whole else "", file=sys.stderr, flush=True)

    return show
