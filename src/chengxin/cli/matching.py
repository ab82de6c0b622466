"""`chengxin matching`: answer `POST /api/v1/screen` in a process of its own, many requests to one commit (ADR 0113)."""

from __future__ import annotations

import argparse
import os
import signal

from chengxin.cli.arguments import port
from chengxin.cli.beside import until_parent_ends


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("matching", help="answer POST /api/v1/screen quickly, beside the site")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=port, default=8001)
    parser.add_argument("--until-parent-ends", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Serve until ended, as the web process does, whose login and keys it has."""
    from granian.constants import Interfaces  # noqa: PLC0415 - quick to start without
    from granian.log import LogLevels  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415

    from chengxin.cli.serve import installation_secret  # noqa: PLC0415 - it keeps this command beside itself

    installation_secret()
    os.environ["CHENGXIN_PROCESS"] = "web"
    if arguments.until_parent_ends:
        until_parent_ends(end=lambda: os.kill(os.getpid(), signal.SIGTERM))
    Server(
        "chengxin.site.screening:application",
        address=arguments.host,
        port=arguments.port,
        factory=True,
        interface=Interfaces.ASGINL,
        workers=1,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=5,
    ).serve()
    return 0
