"""A list for the benches of screening."""

from __future__ import annotations

import polars as pl

from chengxin.screening.contracts import COLUMNS, Query
from chengxin.screening.facade import Screener, build, check_rows


def screener(rows: list[Query]) -> Screener:
    """Return an index of rows."""
    return Screener(build(check_rows(pl.DataFrame(rows, schema=list(COLUMNS), orient="row")).frame))
