"""Lin with a file, her neighbour, and the moment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chengxin.archives.tests.conftest import accept, bank, citizen, ground, hand_in, lin, market, sign_in
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.kernel.clock import simulated

__all__ = [
    "NOW", "Office", "accept", "bank", "citizen", "ground", "hand_in", "lin", "market", "sign_in",
]  # fmt: skip


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with simulated(NOW):
        yield
