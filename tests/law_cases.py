"""Read the case tables `tests/cases/*.yaml` that lawyers write, and run one case against the law."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from chengxin.law import facade as law
from chengxin.law.facade import Bound

_KNOWN = {"name", "on", "pack", "ask", "given", "expect", "cites"}


def case_parameters(module: str, *, folder: str = "cases") -> list[Any]:
    """Return the cases beside a test module as pytest parameters, named as the lawyer named them."""
    cases = []
    for table in sorted((Path(module).parent / folder).glob("*.yaml")):
        for row in yaml.safe_load(table.read_text("utf-8")):
            # YAML 1.1 reads the bare word `on` as true; lawyers need not know that.
            case = {"on" if name is True else name: part for name, part in row.items()}
            unknown = set(case) - _KNOWN
            assert not unknown, f"{table.name}: a case does not know {unknown}."
            cases.append(pytest.param(case, id=f"{table.stem}: {case['name']}"))
    assert cases, f"No cases beside {module}."
    return cases


def parts_of(answer: object, case: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of an answer that a case expects, as a table can write them."""
    found = {name: getattr(answer, name) for name in case["expect"]}
    return {name: list(part) if isinstance(part, tuple) else part for name, part in found.items()}


def run_due(case: dict[str, Any]) -> None:
    """Count the period a case asks for and compare every expected part."""
    given = dict(case["given"])
    dates = {name: day for name, day in given.items() if isinstance(day, date)}
    bound = Bound(given.get("bound", "applied"))
    inputs = {name: text for name, text in given.items() if isinstance(text, str) and name != "bound"}
    due = law.due(
        case["ask"], dates=dates, on=case["on"], pack=case.get("pack", law.DEFAULT_PACK), bound=bound, **inputs
    )
    expect = dict(case["expect"])
    provisional_days = expect.pop("provisional_days", None)
    if provisional_days is not None:
        assert len(due.provisional_days) == provisional_days
    assert {name: getattr(due, name) for name in expect} == expect
    assert set(case["cites"]) <= set(due.cites)


def run_value(case: dict[str, Any]) -> None:
    """Look a value up and compare every expected part."""
    value = law.value(case["ask"], on=case["on"], pack=case.get("pack", law.DEFAULT_PACK), **case.get("given", {}))
    assert parts_of(value, case) == case["expect"]
    assert set(case["cites"]) <= set(value.cites)


def run_decision(case: dict[str, Any]) -> None:
    """Ask a gate and compare answer, code, retry day and articles."""
    decision = law.decide(case["ask"], case["given"], on=case["on"], pack=case.get("pack", law.DEFAULT_PACK))
    assert parts_of(decision, case) == case["expect"]
    assert set(case["cites"]) <= set(decision.cites)


def run(case: dict[str, Any]) -> None:
    """Run a case by what it expects: an answer of a gate, a value, or a last day."""
    if "answer" in case["expect"]:
        run_decision(case)
    elif "last_day" in case["expect"]:
        run_due(case)
    else:
        run_value(case)
