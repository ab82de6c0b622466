"""`chengxin work`: carry the outbox and keep the calendar, as the worker process and its own login."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys

from chengxin.cli.beside import until_parent_ends
from chengxin.cli.keyservice import key_service
from chengxin.cli.log import sequencing


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("work", help="deliver the outbox, publish what is due and end what is over")
    parser.add_argument("--once", action="store_true", help="do it now, even if today's was done, and stop")
    parser.add_argument("--json", action="store_true", help="with --once: print one object")
    parser.add_argument("--retry-dead", action="store_true", help="first put dead messages back")
    parser.add_argument("--until-parent-ends", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Work until ended, or once."""
    os.environ["CHENGXIN_PROCESS"] = "worker"
    if arguments.until_parent_ends:
        until_parent_ends()
    signal.signal(signal.SIGTERM, _leave)
    import django  # noqa: PLC0415 - settings are read after the environment is set

    django.setup()
    from chengxin.catalogue.facade import follow_published  # noqa: PLC0415
    from chengxin.jobs import facade as jobs  # noqa: PLC0415
    from chengxin.kernel.clock import now  # noqa: PLC0415

    follow_published()
    if arguments.retry_dead:
        revived = jobs.revive(now=now())
        print(f"{revived} dead messages are due again.", file=sys.stderr)
    with key_service():
        return _work(arguments)


def _work(arguments: argparse.Namespace) -> int:
    from chengxin.jobs import facade as jobs  # noqa: PLC0415
    from chengxin.kernel.clock import now  # noqa: PLC0415

    if not arguments.once:
        with sequencing():
            jobs.work()
    done, tried = jobs.once(now=now(), force=True)
    told = jobs.health(now=now())
    found = {
        "status": told.status,
        "tasks": done,
        "delivered": tried.delivered,
        "failed": tried.failed,
        "dead": tried.dead,
        "outbox": told.outbox,
    }
    if arguments.json:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            print(f"{name:<10} {value}")
    return 0 if told.status == "ok" else 1


def _leave(_signal: int, _frame: object) -> None:
    raise SystemExit(0)
