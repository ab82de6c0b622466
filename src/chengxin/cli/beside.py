"""Keep a process of ours beside another: started again should it end, and never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
GOODBYE = 5.0
LOOK_EVERY = 0.2


@contextmanager
def beside(*words: str, is_there: Callable[[], bool] = lambda: False, said: IO[bytes] | None = None) -> Iterator[None]:
    """Keep `chengxin WORDS --until-parent-ends` beside the block; it ends with this process, however that ends.

    While `is_there()` somebody else keeps one, and none is started. `said` takes what it writes.
    """
    is_over = threading.Event()
    keeper = threading.Thread(target=_keep, args=(words, is_over, is_there, said), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        is_over.set()
        keeper.join(2 * GOODBYE)


def until_parent_ends(*, end: Callable[[], None] = lambda: os._exit(0)) -> None:
    """End this process when its parent ends; Ctrl+C is meant for the parent, which ends us.

    By default at once: what was not committed is rolled back. `end` is for who has processes of its own to end.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, args=(end,), daemon=True).start()


def _keep(
    words: tuple[str, ...], is_over: threading.Event, is_there: Callable[[], bool], said: IO[bytes] | None
) -> None:
    """Start a process, and another after a pause that grows while they end at once."""
    pause = FIRST_PAUSE
    command = [sys.executable, "-c", "from chengxin.cli.main import main; main()", *words, "--until-parent-ends"]
    while not is_over.is_set():
        if is_there():
            is_over.wait(LOOK_EVERY)
            continue
        # It reads a pipe that only we hold open: the kernel closes it when we end, even by SIGKILL.
        with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=said) as process:  # noqa: S603 - our own words
            lived = _watch(process, is_over)
        if is_over.is_set() or is_there():
            continue
        pause = FIRST_PAUSE if lived > LONGEST_PAUSE else min(2 * pause, LONGEST_PAUSE)
        wait = LOOK_EVERY if lived > FIRST_PAUSE else pause
        print(f"{words[0]} ended with {process.returncode}; another starts in {wait:.1f} s.", file=sys.stderr)
        is_over.wait(wait)


def _watch(process: subprocess.Popen[bytes], is_over: threading.Event) -> float:
    """Wait until a process ends or the block is over, and return how many seconds it lived."""
    lived = 0.0
    while process.poll() is None and not is_over.wait(LOOK_EVERY):
        lived += LOOK_EVERY
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(GOODBYE)
        except subprocess.TimeoutExpired:
            process.kill()
    return lived


def _end_with_parent(end: Callable[[], None]) -> None:
    """End when the parent's end of our standard input closes."""
    while os.read(0, 1024):
        pass
    end()
