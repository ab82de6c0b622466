"""Run `chengxin COMMAND`: each command lives in a module of this package and brings its own parser."""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import pkgutil
import sys

import chengxin.cli
from chengxin.crypto.contracts import KeyServiceAway
from chengxin.kernel.refusal import Refused


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands, in alphabetical order."""
    parser = argparse.ArgumentParser(prog="chengxin", description="The open public credit information platform.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in sorted(pkgutil.iter_modules(chengxin.cli.__path__), key=lambda found: found.name):
        if module.name == "main":
            continue
        command = importlib.import_module(f"chengxin.cli.{module.name}")
        if hasattr(command, "add_parser"):  # Without one it serves other commands.
            command.add_parser(subparsers)
    return parser


def collect_rarely() -> None:
    """Look for garbage in cycles after 50,000 new objects instead of 700.

    What a start loads stays; looking through it again and again is a sixth of a start's time.
    """
    gc.set_threshold(50_000, 20, 100)


def main() -> None:
    """Parse, run, and turn a refusal into words and exit status 1."""
    collect_rarely()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengxin.site.settings")
    arguments = build_parser().parse_args()
    try:
        status = arguments.run(arguments)
    except Refused as refused:
        print(refused.refusal.text(), file=sys.stderr)
        status = 1
    except KeyServiceAway as error:
        print(f"{error} Start ./chengxin keyservice, or look at its log.", file=sys.stderr)
        status = 1
    except KeyboardInterrupt:
        status = 130
    except Exception as error:
        if not _is_database_away(error):
            raise
        status = _say_unavailable(error)
    sys.exit(status)


def _is_database_away(error: Exception) -> bool:
    """Tell whether the database could not be reached or went away; without Django there was none to reach."""
    if "django.db" not in sys.modules:
        return False
    from django.db import InterfaceError, OperationalError  # noqa: PLC0415 - most commands never load Django

    return isinstance(error, (OperationalError, InterfaceError))


def _say_unavailable(error: Exception) -> int:
    """Say so, and for whoever runs the installation in which words the database did."""
    from chengxin.ui.facade import error_refusal  # noqa: PLC0415 - as above

    print(error_refusal(503).text(), file=sys.stderr)
    print("PostgreSQL:", *str(error).splitlines()[:1], file=sys.stderr)
    return 1
