"""The law read a second time, case by case: the tables in `cases/` were made from the rules and the statutes alone."""

from typing import Any

import pytest
from tests.law_cases import case_parameters, run


@pytest.mark.parametrize("case", case_parameters(__file__))
def test_the_law_answers_as_a_second_reader_expects(case: dict[str, Any]) -> None:
    run(case)
