"""The law of platforms, case by case: the tables in `cases/` are written for and by lawyers."""

from typing import Any

import pytest
from tests.law_cases import case_parameters, run


@pytest.mark.parametrize("case", case_parameters(__file__))
@pytest.mark.clause("E2.1a")
def test_the_law_answers_as_the_case_says(case: dict[str, Any]) -> None:
    run(case)
