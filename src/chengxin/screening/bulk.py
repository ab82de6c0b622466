"""Find in millions of rows those that hold exactly a listed identifier or name, on whole columns."""

from __future__ import annotations

import polars as pl

from chengxin.kernel.identifier_columns import compact_column
from chengxin.screening.numbers import keys_of, read_number
from chengxin.screening.segment import Segment


class Exact:
    """The identifiers and names of a list, ready to be looked for in columns."""

    def __init__(self, segment: Segment) -> None:
        self._numbers = _listed_numbers(segment).implode()
        self._names = pl.concat([segment.names["written"], segment.names["folded"]]).unique().implode()

    def rows(self, frame: pl.DataFrame) -> pl.Series:
        """Tell which rows hold an identifier of the list, or a name written as in the list or as it is compared.

        These are the rows whose answers can be exact; `Screener.screen` gives them, as it does for any row.
        """
        found = frame["name"].is_in(self._names)
        for column in ("id_no", "uscc"):
            cells = frame[column]
            if (cells != "").any():
                found = found | cells.is_in(self._numbers)
                odd = cells.str.contains("[^0-9A-Z]")
                if odd.any():
                    tidy = compact_column(cells.filter(odd)).is_in(self._numbers)
                    found = found | odd.set(odd, value=False).scatter(odd.arg_true(), tidy)
        return found


def _listed_numbers(segment: Segment) -> pl.Series:
    """Return every way an identifier of the list is written without separators."""
    texts: set[str] = set()
    for column in ("id_no", "uscc"):
        cells = segment.entries[column]
        for cell in cells.filter(cells != "").to_list():
            for written in cell.split("|"):
                number = read_number(written)
                keys = keys_of(number) if number else ()
                texts.update(key.partition(":")[2] for key in keys)
                if number and len(number.text) == 18 and number.text[6:8] == "19":
                    texts.add(number.text[:6] + number.text[8:17])
    return pl.Series(sorted(texts), dtype=pl.String)
