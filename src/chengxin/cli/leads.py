"""`chengxin leads take`: hand findings of detection in from files; two independent kinds about a shop open a case."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from chengxin.cli.keyservice import key_service
from chengxin.cli.serve import installation_secret

if TYPE_CHECKING:
    from chengxin.leads.contracts import Taken


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("leads", help="findings of detection, looked into by people")
    commands = parser.add_subparsers(dest="leads_command", required=True)
    take = commands.add_parser("take", help="hand in findings; the same again changes nothing")
    take.add_argument("files", type=Path, nargs="+", metavar="FILE", help="chengxin-finding/1, BLOCKS.json, LEADS.csv")
    take.add_argument("--platform", default="", help="body of the platform, where a file does not name it")
    take.add_argument("--json", action="store_true", help="print one object")
    take.set_defaults(run=run_take)


def run_take(arguments: argparse.Namespace) -> int:
    """Take the findings of all files at once, and say what became of them; exit 1 when none could be used."""
    os.environ.setdefault("CHENGXIN_PROCESS", "worker")
    installation_secret()
    import django  # noqa: PLC0415 - settings are read after the environment is set

    django.setup()
    from chengxin.catalogue.facade import follow_published  # noqa: PLC0415 - as above
    from chengxin.kernel.clock import now  # noqa: PLC0415 - as above
    from chengxin.leads import facade  # noqa: PLC0415 - as above

    follow_published()
    found = [one for file in arguments.files for one in facade.read_findings(file, platform=arguments.platform)]
    with key_service():
        taken = facade.take(found, now=now())
    print(_told(taken, as_json=arguments.json))
    return 0 if taken.new or taken.known or not found else 1


def _told(taken: Taken, *, as_json: bool) -> str:
    said = {
        "new": taken.new,
        "known": taken.known,
        "aside": dict(taken.aside),
        "opened": list(taken.opened),
        "joined": taken.joined,
    }
    if as_json:
        return json.dumps(said, ensure_ascii=False)
    lines = [f"新发现 {taken.new:,} 条，已知 {taken.known:,} 条，并入线索 {taken.joined:,} 条"]
    lines += [f"  立案 {number}" for number in taken.opened]
    return "\n".join([*lines, *_aside(taken)])


def _aside(taken: Taken) -> Sequence[str]:
    return [f"  不收 {reason} {count:,}" for reason, count in sorted(taken.aside.items())]
