"""`chengxin exports trace FILE`: find out which export a leaked file is from."""

from __future__ import annotations

import argparse

from chengxin.cli.arguments import given_file


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("exports", help="trace a leaked file to its export")
    commands = parser.add_subparsers(dest="exports_command", required=True)
    trace = commands.add_parser("trace", help="name the export a .csv or .xlsx file is from")
    trace.add_argument("file", type=given_file)
    trace.set_defaults(run=run_trace)


def run_trace(arguments: argparse.Namespace) -> int:
    """Print who exported the file, when and for what; say so when no export fits beyond chance."""
    import django  # noqa: PLC0415 - settings are read after the environment is set

    django.setup()
    from chengxin.exports import facade as exports  # noqa: PLC0415

    found = exports.trace_file(exports.read_cells(arguments.file))
    if found is None:
        print("No export fits this file beyond chance: fewer than a dozen rows, or changed too much.")
        return 1
    print(f"export     {found.number}")
    print(f"made       {found.made_at:%Y-%m-%d %H:%M} UTC by {found.actor_key} for {found.body}")
    print(f"purpose    {found.purpose}, {found.reference}, {found.persons} persons")
    print(f"approved   {found.approved_by or 'not needed'}; to be deleted by {found.delete_by:%Y-%m-%d}")
    return 0
