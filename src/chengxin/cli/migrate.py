"""`chengxin migrate`: bring the database to the state this release needs."""

from __future__ import annotations

import argparse
import os


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("migrate", help="prepare the database: roles, schemas, migrations, grants")
    parser.add_argument("--roles-sql", action="store_true", help="print what a database administrator runs once")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Start the embedded server if the database is ours, and prepare it."""
    from chengxin.database.facade import prepare_installation, roles_script  # noqa: PLC0415

    if arguments.roles_sql:
        print(roles_script(), end="")
        return 0
    import django  # noqa: PLC0415

    django.setup()
    prepare_installation(os.environ, progress=print)
    print("The database is ready.")
    return 0
