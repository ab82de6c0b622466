"""Every bench that `chengxin bench` names can be loaded, and takes what the command hands it."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path

import benches
import pytest

from chengxin.cli.bench import NAMES, ON_LABELS, ON_RATINGS, SEEDED, SHORTENED

OPTIONS = {"seed": SEEDED, "short": SHORTENED, "ratings": ON_RATINGS, "labels": ON_LABELS}


@pytest.mark.parametrize("name", NAMES)
def test_a_bench_takes_what_the_command_hands_it(name: str) -> None:
    taken = set(inspect.signature(importlib.import_module(f"benches.{name}").run).parameters)
    assert taken == {"root", "rows"} | {option for option, named in OPTIONS.items() if name in named}


def test_what_benches_share_can_be_loaded() -> None:
    for file in Path(next(iter(benches.__path__))).glob("*.py"):
        importlib.import_module(f"benches.{file.stem}")
