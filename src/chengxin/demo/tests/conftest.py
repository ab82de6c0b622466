from datetime import date

import pytest

from chengxin.catalogue.contracts import ItemVersion
from chengxin.catalogue.facade import list_items
from chengxin.demo.filings import Filing
from chengxin.demo.province import Province

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def province() -> Province:
    return Province("S", today=TODAY)


@pytest.fixture(scope="session")
def items() -> tuple[ItemVersion, ...]:
    return list_items(on=TODAY)


@pytest.fixture(scope="session")
def filings(province: Province, items: tuple[ItemVersion, ...]) -> list[Filing]:
    return list(province.filings(items))
