"""`chengxin subjects link`: find the records of two registers that are about the same subject."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("subjects", help="identity of subjects across registers")
    commands = parser.add_subparsers(dest="subjects_command", required=True)
    link = commands.add_parser("link", help="link the records of two CSV files about the same subjects")
    link.add_argument("one", type=Path, metavar="A.csv", help="the first column is the id of the record")
    link.add_argument("other", type=Path, metavar="B.csv", help="columns of the same name are compared")
    link.add_argument(
        "--out", type=Path, required=True, help="CSV of a_id,b_id,probability,weight,decision,explanation"
    )
    link.add_argument("--json", action="store_true", help="print one object")
    link.set_defaults(run=run_link)


def run_link(arguments: argparse.Namespace) -> int:
    """Write the pairs; say how many are linked, left for a person, and refused for their identifiers."""
    from chengxin.screening import facade  # noqa: PLC0415 - quick to start without

    facade.require_place(arguments.out, beside=(arguments.one, arguments.other))
    files = (arguments.one, arguments.other)
    registers = facade.read_registers(*files)
    linked = facade.link(registers[0].frame, registers[1].frame)
    linked.pairs.write_csv(arguments.out)
    aside = [row for file, register in zip(files, registers, strict=True) for row in register.listed(file.name)]
    facade.write_aside(arguments.out, aside)
    for file in files:
        if count := sum(name == file.name for name, *_ in aside):
            print(f"{file.name}：{count:,} 行没有归并，行号和原因见结果旁的 .aside.csv。（LNK-ASIDE）", file=sys.stderr)
    decisions = linked.pairs["decision"]
    said = {
        "link": int((decisions == "link").sum()),
        "review": int((decisions == "review").sum()),
        "refused_by_identifier": linked.refused,
        "candidates": linked.candidates,
        "aside": len(aside),
        "columns": list(linked.columns),
        "rules": list(linked.rules),
    }
    if arguments.json:
        print(json.dumps(said, ensure_ascii=False))
    else:
        print(
            f"归并 {said['link']:,} 对，待人工判断 {said['review']:,} 对，"
            f"因有效号码不同而不归并 {said['refused_by_identifier']:,} 对 → {arguments.out}"
        )
    return 0
