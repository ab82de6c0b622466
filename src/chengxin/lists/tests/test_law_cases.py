"""The law of lists, case by case: the tables in `cases/` are written for and by lawyers."""

from typing import Any

import pytest
from tests.law_cases import case_parameters, run


@pytest.mark.parametrize("case", case_parameters(__file__))
@pytest.mark.clause("P5.2d")
def test_the_law_answers_as_the_case_says(case: dict[str, Any]) -> None:
    run(case)
