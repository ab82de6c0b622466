"""`chengxin work`: carry the outbox and keep the calendar, as the worker process and its own login."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
GOODBYE = 5.0


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
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is meant for the parent, which ends us.
        threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGTERM, _leave)
    import django  # noqa: PLC0415 - settings are read after the environment is set

    django.setup()
    from chengxin.jobs import facade as jobs  # noqa: PLC0415
    from chengxin.kernel.clock import now  # noqa: PLC0415

    if arguments.retry_dead:
        revived = jobs.revive(now=now())
        print(f"{revived} dead messages are due again.", file=sys.stderr)
    if not arguments.once:
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


@contextmanager
def working() -> Iterator[None]:
    """Keep a worker beside the block, started again should it end; it ends with this process, however that ends."""
    is_over = threading.Event()
    keeper = threading.Thread(target=_keep, args=(is_over,), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        is_over.set()
        keeper.join(2 * GOODBYE)


def _keep(is_over: threading.Event) -> None:
    """Start a worker, and another after a pause that grows while they end at once."""
    pause = FIRST_PAUSE
    command = [sys.executable, "-c", "from chengxin.cli.main import main; main()", "work", "--until-parent-ends"]
    while not is_over.is_set():
        # The worker reads a pipe that only we hold open: the kernel closes it when we end, even by SIGKILL.
        with subprocess.Popen(command, stdin=subprocess.PIPE) as worker:  # noqa: S603 - our own words
            lived = _watch(worker, is_over)
        if is_over.is_set():
            return
        pause = FIRST_PAUSE if lived > LONGEST_PAUSE else min(2 * pause, LONGEST_PAUSE)
        print(f"The worker ended with {worker.returncode}; another starts in {pause:.0f} s.", file=sys.stderr)
        is_over.wait(pause)


def _watch(worker: subprocess.Popen[bytes], is_over: threading.Event) -> float:
    """Wait until a worker ends or the block is over, and return how many seconds it lived."""
    lived = 0.0
    while worker.poll() is None and not is_over.wait(0.2):
        lived += 0.2
    if worker.poll() is None:
        worker.terminate()
        try:
            worker.wait(GOODBYE)
        except subprocess.TimeoutExpired:
            worker.kill()
    return lived


def _end_with_parent() -> None:
    """End at once when the parent's end of our standard input closes; what was not committed is rolled back."""
    while os.read(0, 1024):
        pass
    os._exit(0)


def _leave(_signal: int, _frame: object) -> None:
    raise SystemExit(0)
