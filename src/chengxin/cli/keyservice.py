"""`chengxin keyservice`: the process that alone reads the keys above keys, and opens only what an event covers."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from chengxin.cli.beside import beside, until_parent_ends

START_PATIENCE = 20.0
EVENTS_PER_SECOND = 2_000.0


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("keyservice", help="open sealed values for events that are on record")
    parser.add_argument("--group", action="store_true", help="let the group of the socket's folder in (mode 0660)")
    parser.add_argument("--until-parent-ends", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Serve until ended; what it does goes to standard error, one line each."""
    if arguments.until_parent_ends:
        until_parent_ends()
    from chengxin.audit.keyserver import AlreadyRunning, KeyServer  # noqa: PLC0415 - quick to start without
    from chengxin.crypto.facade import check_keys, socket_path  # noqa: PLC0415
    from chengxin.database.connection import session_of  # noqa: PLC0415

    check_keys()
    server = KeyServer(
        socket_path(),
        session_of("keys"),
        per_second=float(os.environ.get("CHENGXIN_KEYS_PER_SECOND", EVENTS_PER_SECOND)),
        write=_write,
        mode=0o660 if arguments.group else 0o600,
    )
    try:
        server.run()
    except AlreadyRunning:
        print("Another key service is running here.", file=sys.stderr)
    return 0


@contextmanager
def key_service() -> Iterator[None]:
    """Have a key service beside the block: the one that runs, or one of our own; never two.

    With a database of its own (`DATABASE_URL`) it is a service of its own, under another user.
    """
    from chengxin.crypto.facade import socket_path  # noqa: PLC0415
    from chengxin.database.facade import embedded_server, is_embedded, var_dir  # noqa: PLC0415

    if not is_embedded(os.environ):
        yield
        return
    embedded_server(os.environ).start()
    log = var_dir() / "keyservice.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.touch(mode=0o600)
    with log.open("ab") as said, beside("keyservice", is_there=is_answering, said=said):
        end = time.monotonic() + START_PATIENCE
        while not is_answering():
            if time.monotonic() > end:
                print(f"The key service does not answer at {socket_path()}; see {log}.", file=sys.stderr)
                break
            time.sleep(0.05)
        yield


def is_answering() -> bool:
    """Tell whether a key service answers here."""
    from chengxin.crypto.contracts import KeyServiceAway  # noqa: PLC0415
    from chengxin.crypto.facade import stand_by  # noqa: PLC0415

    try:
        stand_by()
    except KeyServiceAway:
        return False
    return True


def end_key_service() -> bool:
    """End the key service that answers here, and tell whether there was one; whoever keeps it beside starts another."""
    from chengxin.crypto.contracts import KeyServiceAway  # noqa: PLC0415
    from chengxin.crypto.facade import service_pid  # noqa: PLC0415

    try:
        pid = service_pid()
    except KeyServiceAway:
        return False
    if pid:
        os.kill(pid, signal.SIGTERM)
    return bool(pid)


def _write(line: str) -> None:
    sys.stderr.write(f"{datetime.now(UTC).isoformat(timespec='milliseconds')} {line}\n")
