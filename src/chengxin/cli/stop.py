"""`chengxin stop`: stop the embedded PostgreSQL, and a key service left running."""

from __future__ import annotations

import argparse
import os

from chengxin.cli.keyservice import end_key_service


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("stop", help="stop the embedded PostgreSQL, which otherwise runs on")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Stop the server of this installation if it is ours and runs."""
    from chengxin.database.facade import embedded_server, is_embedded  # noqa: PLC0415

    if not is_embedded(os.environ):
        print("The database is at DATABASE_URL; it is not ours to stop.")
        return 1
    if end_key_service():
        print("The key service is stopped.")
    embedded_server(os.environ).stop()
    print("The embedded PostgreSQL is stopped.")
    return 0
