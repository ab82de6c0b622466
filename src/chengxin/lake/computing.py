"""Let an engine compute a query, having joined no more than it must."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import polars as pl

from chengxin.lake.contracts import Engine, Work

# Below, joining takes no longer than loading compiled loops; above, the numbers of all orders do not fit beside
# everything else, and an engine that spills joins them whole.
LEAST_ROWS: Final = 1_000_000
MOST_ROWS: Final = 40_000_000


def compute(work: Work, *, engine: Engine, out: Path) -> None:
    """Let an engine write the rows of a query to a file; where it pays, a sieve goes before (ADR 0116)."""
    sieve = work.query.sieve
    if sieve is None or not work.near or not engine.is_embedded or not LEAST_ROWS <= work.rows <= MOST_ROWS:
        engine.run(work.sql, inputs=work.inputs, out=out)
        return
    from chengxin.lake.sieve import PLATFORM, sift  # noqa: PLC0415 - half a second to load, and only large work does

    with TemporaryDirectory(prefix=".sifted-", dir=out.parent) as name:
        sifted = sift(work, sieve, folder=Path(name))
        engine.run(work.sql, inputs=sifted.inputs, out=out)
    # Who was read only because they share something is no answer.
    answered = pl.read_parquet(out).join(sifted.kept, on=(PLATFORM, sieve.key), how="semi")
    answered.write_parquet(out, compression="zstd")
