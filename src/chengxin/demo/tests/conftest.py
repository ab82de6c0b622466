from datetime import date, timedelta

import pytest

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import ItemVersion
from chengxin.catalogue.facade import list_items
from chengxin.demo import staff
from chengxin.demo.filings import Filing
from chengxin.demo.plans import workdays_before
from chengxin.demo.province import Province
from chengxin.kernel.clock import start_of

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


@pytest.fixture(autouse=True)
def own_lake(monkeypatch, tmp_path):
    """Let each test have a lake of its own."""
    monkeypatch.setenv("CHENGXIN_LAKE", str(tmp_path / "lake"))


@pytest.fixture
def lake_of_its_own(tmp_path, monkeypatch):
    """Let the orders of the story lie in a folder of the test, and return it."""
    monkeypatch.setenv("CHENGXIN_LAKE", str(tmp_path / "lake"))
    return tmp_path / "lake"


@pytest.fixture
def prepared(db, settings, lake_of_its_own, province, items):
    """Open the departments a year and a quarter ago, with files and a lake of their own."""
    settings.DEMO = True
    settings.FILES_ROOT = lake_of_its_own.parent / "files"
    opening = start_of(workdays_before(TODAY)[0]) - timedelta(days=10)
    catalogue.load(now=opening)
    staff.open_departments(province.bodies, cast=province.cast, now=opening)
    staff.give_rights(province.bodies, items, now=opening)
    staff.open_officers(province.bodies, cast=province.cast, now=opening)
    staff.open_clients(province.cast, now=opening)
    return staff.Officers(province.cast, now=start_of(TODAY))
