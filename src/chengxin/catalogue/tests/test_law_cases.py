"""The law of catalogue, case by case: the tables in `cases/` are written for and by lawyers."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.law_cases import case_parameters, run

from chengxin import catalogue
from chengxin.catalogue.contracts import PENALTY_KINDS, PROCEDURES, SEVERITIES


@pytest.mark.parametrize("case", case_parameters(__file__))
def test_the_law_answers_as_the_case_says(case: dict[str, Any]) -> None:
    run(case)


def test_the_gates_know_exactly_the_codes_of_the_catalogue() -> None:
    written = yaml.safe_load((Path(catalogue.__file__).parent / "items" / "codes.yaml").read_text("utf-8"))["codes"]
    known = {"penalty_kind": PENALTY_KINDS, "procedure": PROCEDURES, "severity": SEVERITIES}
    assert {name: tuple(row[0] for row in written[name]) for name in known} == known
