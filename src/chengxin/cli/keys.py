"""`chengxin keys create`: make the key files a new installation lacks; keep those it has."""

from __future__ import annotations

import argparse
import os
from pathlib import Path


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("keys", help="make the key files of an installation")
    commands = parser.add_subparsers(dest="keys_command", required=True)
    create = commands.add_parser(
        "create", help="make what is missing: kek-0001.key, blind.key, document.pem and the guard's key"
    )
    create.set_defaults(run=run_create)


def run_create(_arguments: argparse.Namespace) -> int:
    """Make what is missing and say where; an existing key is never touched."""
    from chengxin.crypto import facade as crypto  # noqa: PLC0415 - quick to start without
    from chengxin.database.facade import create_guard_key, var_dir  # noqa: PLC0415

    folder = Path(os.environ.get("CHENGXIN_KEYS") or var_dir() / "keys")
    made = crypto.create_missing(folder)
    guard, is_new = create_guard_key(os.environ)
    for name in made:
        print(f"made  {folder / name}")
    if is_new:
        print(f"made  {guard}")
    if not made and not is_new:
        print(f"Nothing is missing: {folder} and {guard}.")
    print("Back the key files up apart from the database. Without them nothing that is sealed can ever be opened.")
    return 0
