"""A column of numbers is checked as its rows are one by one, whatever stands beside them."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from chengxin.kernel.identifier_columns import check_column
from chengxin.kernel.identifiers import IdentifierKind, check_number
from chengxin.kernel.tests.numbers import CHECKED, OF_KIND, VALID

pytestmark = pytest.mark.clause("P3.1a")
_LENGTHS = {kind: len(VALID[kind]) for kind in CHECKED}
_anything = some.text(some.characters(exclude_categories=["Cs"]), max_size=24)


def _near(kind: IdentifierKind) -> some.SearchStrategy[str]:
    """Return numbers of the kind's length: right ones, ones with a character changed, and texts of all characters."""
    number = OF_KIND[kind]
    length = _LENGTHS[kind]
    changed = some.builds(
        lambda text, place, other: text[:place] + other + text[place + 1 :],
        number,
        some.integers(0, length - 1),
        some.sampled_from("0123456789AINOSVXYZax１Ａ中é \n-"),
    )
    return some.one_of(number, changed, some.text("0139AXY中", min_size=length, max_size=length))


_ANY = [*(_near(kind) for kind in CHECKED), some.sampled_from(["", "中" * 6, "中" * 5, "中" * 3]), _anything]


@pytest.mark.parametrize("kind", IdentifierKind)
def test_a_column_is_checked_row_by_row(kind: IdentifierKind) -> None:
    of_kind = [_near(kind)] * 3 if kind in CHECKED else [some.from_regex(r"[A-Z0-9军字第]{3,12}", fullmatch=True)]

    @settings(deadline=None, max_examples=30)
    @given(some.lists(some.one_of(some.none(), *of_kind, *_ANY), max_size=24), some.sampled_from([None, True, False]))
    def agrees(rows: list[str | None], demo: bool | None) -> None:
        options = {"kind": kind, "demo": demo, "adult_birth": date(2008, 2, 29)}
        faults = check_column(pl.Series(rows, dtype=pl.String), **options)
        # An absent number has the fault of an empty one.
        assert faults.tolist() == [check_number(row or "", **options) for row in rows]
        assert faults.dtype == np.uint8

    agrees()


@pytest.mark.parametrize("kind", CHECKED)
def test_rows_are_judged_alike_among_none_few_or_all_of_their_length(kind: IdentifierKind) -> None:
    right, wrong = VALID[kind], VALID[kind][:-1] + ("1" if VALID[kind][-1] != "1" else "2")
    for rows in ([right] * 3, [None] * 3, [None, right, None], ["", right, wrong, None, "中" * 6, right + "0"]):
        column = pl.Series(rows, dtype=pl.String)
        expected = [check_number(row or "", kind=kind) for row in rows]
        assert check_column(column, kind=kind).tolist() == expected
        # A column of several chunks is still one column, in its order.
        assert check_column(pl.concat([column, column], rechunk=False), kind=kind).tolist() == expected * 2
