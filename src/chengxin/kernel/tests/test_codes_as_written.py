"""A code is judged as it is written: python-stdnum would tidy it first."""

import polars as pl
import pytest

from chengxin.kernel.identifier_columns import check_uscc_column
from chengxin.kernel.identifiers import NumberFault, check_uscc
from chengxin.kernel.tests.numbers import VALID, IdentifierKind

CODE = VALID[IdentifierKind.USCC]


@pytest.mark.clause("P3.1a")
@pytest.mark.parametrize(
    "number",
    [
        CODE.lower(),
        "９" + CODE[1:],
        "\U0001d7d7" + CODE[1:],
        CODE[:7] + "\n" + CODE[8:],
        CODE[:17] + "\n",
        "\n" + CODE[1:],
    ],
    ids=["lower case", "full width", "bold digit", "line feed in place 8", "line feed at the end", "line feed first"],
)
def test_a_code_in_other_characters_is_refused_alike_by_both(number: str) -> None:
    assert check_uscc(number) is NumberFault.USCC_CHARACTERS
    assert check_uscc_column(pl.Series([number])).tolist() == [NumberFault.USCC_CHARACTERS]
