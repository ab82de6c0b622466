"""Lin with a file, and the moment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chengxin.archives.tests.conftest import accept, citizen, ground, hand_in, lin, market, sign_in
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.kernel.clock import simulated

__all__ = ["NOW", "Office", "accept", "citizen", "ground", "hand_in", "lin", "market", "sign_in"]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with simulated(NOW):
        yield
