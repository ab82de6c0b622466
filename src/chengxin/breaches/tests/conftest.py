"""The city's credit office with a security and an audit administrator, a clerk who exports, and persons with lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.amendments.tests.conftest import credit_office
from chengxin.archives.tests.conftest import OTHER, accept, citizen, ground, hand_in, market
from chengxin.breaches.contracts import Assessment
from chengxin.database.contracts import Channel
from chengxin.exports.models import Export
from chengxin.intake.contracts import Batch
from chengxin.intake.returned_sheet import error_sheet
from chengxin.intake.tests.conftest import NOW, SETUP, Office
from chengxin.intake.tests.test_main_job import FIRM, HEAD, PERSON
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import simulated
from chengxin.objections.tests.conftest import officer

__all__ = ["accept", "ground", "hand_in", "market"]
KNOWN = ("390101199001010017", "390202198506151023")
SAID = Assessment(
    items=("penalty",), cause="leaked_file", harm=("known", "fraud"), remedies=("recalled",), advice=("calls", "looks")
)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with simulated(NOW):
        yield


@world
def lin(market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]) -> Actor:
    accept(hand_in((HEAD + FIRM + PERSON + OTHER).encode(), market).id, market)
    return citizen("lin", KNOWN[0])


@world
def desk(lin: Actor) -> dict[str, Actor]:
    """Return the administrators of the city's office."""
    access.open_bodies([credit_office("YTXY", "3901", "云汀市信用办公室")], actor=SETUP, now=NOW)
    return {
        "security": officer("xy-security", "YTXY", Role.SECURITY_ADMIN),
        "audit": officer("xy-audit", "YTXY", Role.AUDIT_ADMIN),
    }


def number_of(place: int) -> str:
    """Return a whole identity number of the invented province."""
    digits = f"3901011990020{place:04}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]


def leaked_file(market: Office, hand_in: Callable[..., Batch]) -> tuple[bytes, str]:
    """Export twenty questioned rows of as many persons, two of them known here; return the sheet and its number."""
    numbers = [*KNOWN, *(number_of(1001 + place) for place in range(18))]
    row = PERSON.replace("0.1,", "-0.1,")
    rows = [row.replace(KNOWN[0], number).replace("3号", f"{place}号") for place, number in enumerate(numbers, 100)]
    batch = hand_in((HEAD + "".join(rows)).encode(), market, key="leak")
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"):
        content = error_sheet(batch, actor=market.clerk, now=NOW)
        number = Export.objects.latest("id").number
    return content, number
