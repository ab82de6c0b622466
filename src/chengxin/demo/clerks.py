"""The departments' clerks in a process of their own: they hand in the next file while the one before is approved.

`python -m chengxin.demo.clerks SIZE TODAY SEED AFTER` hands in the filings numbered above AFTER. It reads a line for
each one it may hand in, and writes a line for each that is in; it ends when its standard input does, so it outlives
nobody who was killed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from chengxin.kernel.clock import start_of

if TYPE_CHECKING:
    from chengxin.demo.handing import Handed

AHEAD = 2


def clerks(size: str, *, today: date, seed: int, after: int) -> Iterator[Handed]:
    """Yield the filings of a province as clerks in a process beside this one hand them in, at most two ahead of it."""
    words = (size, today.isoformat(), str(seed), str(after))
    return handed_by([sys.executable, "-m", "chengxin.demo.clerks", *words])


def handed_by(command: Sequence[str]) -> Iterator[Handed]:
    """Yield what a process says it handed in.

    Raises `RuntimeError` when it ended before its work did; what it printed about that stands on standard error.
    """
    from chengxin.demo.handing import Handed  # noqa: PLC0415 - it reads the settings

    # In a session of its own, so that Ctrl+C is ours: closing its input ends it.
    with subprocess.Popen(  # noqa: S603 - our own words
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, start_new_session=True
    ) as process:
        assert process.stdout is not None
        _let(process, more=AHEAD)
        for line in process.stdout:
            said = json.loads(line)
            batch_id, day = UUID(said.pop("batch_id")), date.fromisoformat(said.pop("day"))
            yield Handed(**said, day=day, batch_id=batch_id)
            _let(process, more=1)
        if process.wait():
            raise RuntimeError(f"The clerks ended with {process.returncode}.")


def _let(process: subprocess.Popen[str], *, more: int) -> None:
    """Let the clerks hand in more; they may be at their end already.

    Written without a buffer: what a broken pipe leaves in one is written again when it is closed, and fails there.
    """
    assert process.stdin is not None
    with suppress(BrokenPipeError):
        os.write(process.stdin.fileno(), b"\n" * more)


def main(size: str, today: str, seed: str, after: str) -> None:
    """Hand in the filings of a province, each when it may be."""
    import django  # noqa: PLC0415 - settings are read after the environment is set

    django.setup()
    from chengxin.demo.handing import hand_in  # noqa: PLC0415
    from chengxin.demo.province import Province  # noqa: PLC0415
    from chengxin.demo.staff import Officers  # noqa: PLC0415

    province = Province(size, today=date.fromisoformat(today), seed=int(seed))
    officers = Officers(province.cast, now=start_of(province.today))
    with tempfile.TemporaryDirectory(prefix="chengxin-demo-") as folder:
        for filing in province.filings(province.items(), after=int(after)):
            if not sys.stdin.readline():
                return
            handed = hand_in(filing, folder=Path(folder), officers=officers)
            print(json.dumps(asdict(handed), default=str), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
