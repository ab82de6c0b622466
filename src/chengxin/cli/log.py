"""`chengxin log …`: sequence the verifiable log, show its checkpoints, prove an event, write it out to be checked."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from chengxin.cli.beside import beside, until_parent_ends

if TYPE_CHECKING:
    from chengxin.kernel.actor import Actor

TREES = ("rights", "lists")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("log", help="the verifiable log: sequence, checkpoint, proof, export, keys")
    commands = parser.add_subparsers(dest="log_command", required=True)
    sequence = commands.add_parser("sequence", help="lay committed events into the trees and sign them")
    sequence.add_argument("--once", action="store_true", help="stop when nothing waits")
    sequence.add_argument("--until-parent-ends", action="store_true", help=argparse.SUPPRESS)
    sequence.set_defaults(run=run_sequence)
    checkpoint = commands.add_parser("checkpoint", help="print the newest checkpoint")
    checkpoint.add_argument("tree", choices=TREES)
    checkpoint.add_argument("--since", type=int, help="as JSON for a witness that has seen so many leaves")
    checkpoint.set_defaults(run=run_checkpoint)
    proof = commands.add_parser("proof", help="write the proof of one event")
    proof.add_argument("event", type=UUID)
    proof.add_argument("--out", type=Path, required=True)
    proof.set_defaults(run=run_proof)
    export = commands.add_parser("export", help="write the log into a folder for chengxin-verify")
    export.add_argument("folder", type=Path)
    export.add_argument("--content", action="store_true", help="with what the leaves commit to; personal data")
    export.set_defaults(run=run_export)
    keys = commands.add_parser("keys", help="print the public keys whoever checks needs")
    keys.set_defaults(run=run_keys)


def run_sequence(arguments: argparse.Namespace) -> int:
    """Sequence until ended, under the login that may do nothing else."""
    os.environ["CHENGXIN_PROCESS"] = "sequencer"
    if arguments.until_parent_ends:
        until_parent_ends()
    signal.signal(signal.SIGTERM, _leave)
    _setup()
    from chengxin.audit import facade as audit  # noqa: PLC0415 - settings are read after the environment is set

    done = audit.sequence(once=arguments.once)
    print(f"{done} entries were laid down.", file=sys.stderr)
    return 0


def run_checkpoint(arguments: argparse.Namespace) -> int:
    """Print a note, or what a witness asks for."""
    _setup()
    from chengxin.audit import facade as audit  # noqa: PLC0415 - as above
    from chengxin.audit.contracts import Tree  # noqa: PLC0415

    tree = Tree(arguments.tree)
    if arguments.since is None:
        print(audit.newest_checkpoint(tree).note, end="")
    else:
        print(json.dumps(audit.growth(tree, since=arguments.since)))
    return 0


def run_proof(arguments: argparse.Namespace) -> int:
    """Write a proof; that it was taken here is an event of its own."""
    _setup()
    from chengxin.audit import facade as audit  # noqa: PLC0415 - as above
    from chengxin.kernel.clock import now  # noqa: PLC0415

    paper = audit.prove_event(arguments.event, actor=_auditor(), now=now())
    _write(arguments.out, json.dumps(paper, ensure_ascii=False, indent=1) + "\n")
    print(f"wrote {arguments.out}; check it with: chengxin-verify --keys KEYS proof {arguments.out}")
    return 0


def run_export(arguments: argparse.Namespace) -> int:
    """Write the log out; with its content that is an event of its own."""
    _setup()
    from chengxin.audit import facade as audit  # noqa: PLC0415 - as above
    from chengxin.kernel.clock import now  # noqa: PLC0415

    arguments.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(arguments.folder.iterdir()):
        print(f"{arguments.folder} is not empty.", file=sys.stderr)
        return 1
    sizes = audit.export_for_audit(arguments.folder, content=arguments.content, actor=_auditor(), now=now())
    for tree, size in sizes.items():
        print(f"{tree:<8}{size:>12,} leaves")
    return 0


def run_keys(_arguments: argparse.Namespace) -> int:
    """Print the public keys; hand them over by another way than the log."""
    _setup()
    from chengxin.audit import facade as audit  # noqa: PLC0415 - as above

    print(audit.public_keys(), end="")
    return 0


@contextmanager
def sequencing() -> Iterator[None]:
    """Have a sequencer beside the block; with a database of its own (`DATABASE_URL`) it is a service of its own."""
    from chengxin.database.facade import embedded_server, is_embedded  # noqa: PLC0415 - quick to start without

    if not is_embedded(os.environ):
        yield
        return
    embedded_server(os.environ).start()
    with beside("log", "sequence"):
        yield


def _setup() -> None:
    import django  # noqa: PLC0415 - settings are read after the environment is set

    from chengxin.database.facade import embedded_server, is_embedded  # noqa: PLC0415

    django.setup()
    if is_embedded(os.environ):
        embedded_server(os.environ).start()


def _auditor() -> Actor:
    """Return who acts here: whoever may run this on the server, for the audit."""
    from chengxin.kernel.actor import Actor, Role  # noqa: PLC0415

    return Actor(key="platform:log", roles=frozenset({Role.PLATFORM, Role.AUDIT_ADMIN}))


def _write(file: Path, text: str) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as target:
        target.write(text)


def _leave(_signal: int, _frame: object) -> None:
    raise SystemExit(0)
