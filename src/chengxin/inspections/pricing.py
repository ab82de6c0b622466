"""Whether a price that is called the former one was ever paid (被比较价格), by MPR 16, from a series of days."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from io import StringIO
from typing import Final

from chengxin.inspections.rules import LAW
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.law.facade import cites

MODEL: Final = "former-price 2026-11"
COLUMNS: Final = ("shop", "goods", "day", "lowest_sold", "was", "explained")
MOST_ROWS: Final = 20_000
_FEN: Final = 100
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class PriceDay:
    """One day of goods in a shop: the lowest price paid (None: no trade) and the former price shown (None: none).

    `is_explained` tells whether the page said in detail what the compared price is; then MPR 16 asks no more here.
    """

    shop: str
    goods: str
    day: date
    sold_fen: int | None
    was_fen: int | None
    is_explained: bool = False


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One comparison from its first day: what was shown, the most it may be and of which day; None: not known."""

    shop: str
    goods: str
    began_on: date
    was_fen: int
    base_fen: int | None
    base_on: date | None

    @property
    def is_above(self) -> bool:
        """Tell whether the former price shown is above what it may be; what is not known is not above."""
        return self.base_fen is not None and self.was_fen > self.base_fen


@cites("MPR/16")
def comparisons(days: Iterable[PriceDay]) -> list[Comparison]:
    """Return each comparison with the lowest price paid in the days before it, else the last one before those."""
    series: dict[tuple[str, str], list[PriceDay]] = defaultdict(list)
    for one in days:
        series[one.shop, one.goods].append(one)
    return [found for key in sorted(series) for found in _of_goods(sorted(series[key], key=lambda one: one.day))]


def read_series(text: str) -> list[PriceDay]:
    """Return the days of a CSV file with COLUMNS; prices are yuan, empty where there was none. Refuse a bad line."""
    lines = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))
    if not lines or set(COLUMNS) - set(lines[0]) or len(lines) > MOST_ROWS:
        raise Refused(
            Refusal(
                code="IN-SERIES",
                what="文件不是价格序列。",
                why="第一行要有这些列：{columns}；最多{most}行。",
                next_step="请按页面上的样例准备文件。",
                values={"columns": ",".join(COLUMNS), "most": str(MOST_ROWS)},
                field="file",
            )
        )
    found = [_line(place, line) for place, line in enumerate(lines, start=2)]
    known = {(one.shop, one.goods, one.day) for one in found}
    if len(known) != len(found):
        raise Refused(
            Refusal(
                code="IN-SERIES-TWICE",
                what="同一商品同一天有两行。",
                next_step="每个商品每天一行，写当天最低成交价。",
                field="file",
            )
        )
    return found


def _of_goods(days: Sequence[PriceDay]) -> list[Comparison]:
    found, before = [], None
    for place, one in enumerate(days):
        goes_on = before is not None and before.was_fen == one.was_fen and one.day - before.day == _DAY
        window = LAW.find("price.comparison", on=one.day)
        if one.was_fen is not None and not one.is_explained and not goes_on and window is not None:
            found.append(_compare(one, one.was_fen, days[:place], window=timedelta(days=window.number)))
        before = one
    return found


def _compare(one: PriceDay, was_fen: int, earlier: Sequence[PriceDay], *, window: timedelta) -> Comparison:
    paid = [(day.sold_fen, day.day) for day in earlier if day.sold_fen is not None]
    near = [(fen, on) for fen, on in paid if on >= one.day - window]
    base = min(near) if near else paid[-1] if paid else (None, None)
    return Comparison(
        shop=one.shop, goods=one.goods, began_on=one.day, was_fen=was_fen, base_fen=base[0], base_on=base[1]
    )


def _line(place: int, line: Mapping[str, str]) -> PriceDay:
    try:
        return PriceDay(
            shop=line["shop"].strip(),
            goods=line["goods"].strip()[:80],
            day=date.fromisoformat(line["day"].strip()),
            sold_fen=_fen(line["lowest_sold"]),
            was_fen=_fen(line["was"]),
            is_explained=line["explained"].strip() in {"1", "是"},
        )
    except (AttributeError, InvalidOperation, ValueError) as error:
        raise Refused(
            Refusal(
                code="IN-SERIES-LINE",
                what="第{line}行读不懂。",
                why="日期写成 2026-11-01，价格写元，没有的留空，不能是负数。",
                next_step="请改正这一行再交。",
                values={"line": str(place)},
                field="file",
            )
        ) from error


def _fen(said: str) -> int | None:
    if not said.strip():
        return None
    amount = Decimal(said.strip())
    if not 0 < amount < 10_000_000:
        raise ValueError(said)
    return int(amount * _FEN)
