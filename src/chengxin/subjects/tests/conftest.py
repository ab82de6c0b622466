from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting
from chengxin.kernel.actor import Actor, Role

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CLERK = Actor(key="clerk-lan", roles=frozenset({Role.CLERK}), body="3900-market", area="39")
OFFICER = Actor(key="officer-mu", roles=frozenset({Role.CASE_OFFICER}), body="3900-credit", area="39")


@pytest.fixture
def intake(db: None) -> Iterator[None]:
    """Act as intake does while it accepts a batch."""
    with acting(Context.of(CLERK, channel=Channel.INTAKE, purpose="intake")):
        yield
