"""What a resident ID number says: a day of birth, an area, an age; and its old form of 15 digits."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from chengxin.kernel.identifier_columns import upgrade_id_numbers
from chengxin.kernel.identifiers import (
    PROVINCES,
    IdentifierKind,
    NumberFault,
    birth_date,
    check_id_no,
    latest_adult_birth,
    upgrade_id_no,
)
from chengxin.kernel.tests.numbers import (
    VALID,
    fault_of,
    faults_of,
    id_no,
    id_nos,
)
from chengxin.law.arithmetic import adult_from

pytestmark = pytest.mark.clause("P3.1a")
Kind = IdentifierKind
Fault = NumberFault


@pytest.mark.parametrize(
    ("born", "fault"),
    [
        ("20000229", Fault.NONE),
        ("20240229", Fault.NONE),
        ("20230229", Fault.ID_BIRTH_DATE),
        ("19000229", Fault.ID_BIRTH_DATE),
        ("20240230", Fault.ID_BIRTH_DATE),
        ("19900431", Fault.ID_BIRTH_DATE),
        ("19901231", Fault.NONE),
        ("19901232", Fault.ID_BIRTH_DATE),
        ("19901301", Fault.ID_BIRTH_DATE),
        ("19900001", Fault.ID_BIRTH_DATE),
        ("19900100", Fault.ID_BIRTH_DATE),
        ("19909901", Fault.ID_BIRTH_DATE),
        ("00000101", Fault.ID_BIRTH_DATE),
        ("00010101", Fault.NONE),
        ("99991231", Fault.NONE),
    ],
)
def test_a_birth_date_is_a_day_of_the_calendar(born: str, fault: NumberFault) -> None:
    number = id_no(f"390101{born}001")
    assert fault_of(number, kind=Kind.ID_NO) is fault
    if fault is Fault.NONE:
        assert f"{birth_date(number):%Y%m%d}".zfill(8) == born


def test_every_month_and_day_of_a_common_and_a_leap_year_is_judged_alike() -> None:
    born = [f"{year}{day:04d}" for year in (1900, 2000, 2023, 2024) for day in range(10000)]
    faults = faults_of([id_no(f"390101{day}001") for day in born], kind=Kind.ID_NO)
    assert faults.count(Fault.NONE) == 365 + 366 + 365 + 366
    assert faults.count(Fault.ID_BIRTH_DATE) == len(born) - 1462


def test_an_area_begins_with_a_province_in_use() -> None:
    body = VALID[Kind.ID_NO][2:17]
    faults = faults_of([id_no(f"{province:02d}{body}") for province in range(100)], kind=Kind.ID_NO)
    known = {f"{province:02d}" for province, fault in enumerate(faults) if fault is Fault.NONE}
    assert known == PROVINCES | {"39"}
    assert len(known) == 36
    assert set(faults) == {Fault.NONE, Fault.ID_AREA}


@pytest.mark.parametrize(
    ("on", "latest"),
    [
        (date(2026, 11, 24), date(2008, 11, 23)),
        (date(2026, 1, 1), date(2007, 12, 31)),
        (date(2026, 3, 1), date(2008, 2, 29)),
        (date(2026, 2, 28), date(2008, 2, 27)),
        (date(2024, 3, 1), date(2006, 2, 28)),
        (date(2024, 2, 29), date(2006, 2, 28)),
        (date(2022, 3, 1), date(2004, 2, 29)),
    ],
)
def test_a_person_is_adult_from_the_day_after_the_eighteenth_birthday(on: date, latest: date) -> None:
    assert latest_adult_birth(on, years=18) == latest
    last, next_day = (id_no(f"390101{born:%Y%m%d}001") for born in (latest, latest + timedelta(days=1)))
    assert fault_of(last, kind=Kind.ID_NO, adult_birth=latest) is Fault.NONE
    assert fault_of(next_day, kind=Kind.ID_NO, adult_birth=latest) is Fault.ID_UNDER_AGE


@settings(deadline=None)
@given(some.dates(date(1950, 1, 1), date(2100, 12, 31)), some.sampled_from([14, 16, 18, 20]))
def test_the_latest_adult_birth_is_that_of_the_law(on: date, years: int) -> None:
    around = [latest_adult_birth(on, years=years) + timedelta(days=step) for step in range(-3, 4)]
    assert [adult_from(born, years=years) <= on for born in around] == [True] * 4 + [False] * 3


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"length": True, "characters": True, "check": True, "born": True, "area": True}, Fault.ID_LENGTH),
        ({"characters": True, "check": True, "born": True, "area": True}, Fault.ID_CHARACTERS),
        ({"check": True, "born": True, "area": True}, Fault.ID_CHECK_DIGIT),
        ({"born": True, "area": True}, Fault.ID_BIRTH_DATE),
        ({"area": True}, Fault.ID_AREA),
        ({}, Fault.ID_REALM),
    ],
)
def test_of_many_faults_of_an_id_number_the_gravest_is_answered(changes: dict[str, bool], fault: NumberFault) -> None:
    province, born = "99" if "area" in changes else "39", "20251340" if "born" in changes else "20251124"
    number = id_no(f"{province}0101{born}001")
    if "check" in changes:
        number = number[:17] + ("1" if number[17] != "1" else "2")
    if "characters" in changes:
        number = number[:4] + "A" + number[5:]
    number += "0" if "length" in changes else ""
    assert fault_of(number, kind=Kind.ID_NO, demo=False, adult_birth=date(2008, 1, 1)) is fault


def test_under_age_is_answered_only_when_all_else_is_right() -> None:
    child = id_no("39010120251124001")
    assert fault_of(child, kind=Kind.ID_NO, demo=True, adult_birth=date(2008, 1, 1)) is Fault.ID_UNDER_AGE


def test_a_15_digit_number_is_brought_to_18_digits_of_the_19th_hundred() -> None:
    assert upgrade_id_no("390101900101001") == "390101199001010017"
    assert upgrade_id_no("110105491231002") == "11010519491231002X"
    assert check_id_no(upgrade_id_no("390101900101001")) is Fault.NONE


@pytest.mark.parametrize(
    "number", ["", "39010190010100", "390101199001010017", "39010190010100X", "39010190010100１", "中" * 5, "中" * 15]
)
def test_any_other_number_is_not_upgraded(number: str) -> None:
    assert upgrade_id_no(number) == number
    assert upgrade_id_numbers(pl.Series([number])).to_list() == [number]


@settings(deadline=None)
@given(some.lists(some.none() | some.from_regex(r"[0-9]{14,16}|[0-9]{14}X|[中１]{5}", fullmatch=True), max_size=12))
def test_a_column_is_upgraded_row_by_row(rows: list[str | None]) -> None:
    upgraded = upgrade_id_numbers(pl.Series(rows, dtype=pl.String)).to_list()
    assert upgraded == [None if row is None else upgrade_id_no(row) for row in rows]
    assert all(row is None or len(row) != 18 or row[17] == id_no(row[:17])[17] for row in upgraded)


def test_an_upgraded_number_is_the_same_person_as_the_long_one() -> None:
    @settings(deadline=None)
    @given(id_nos.filter(lambda number: number[6:8] == "19"))
    def upgrades(number: str) -> None:
        assert upgrade_id_no(number[:6] + number[8:17]) == number

    upgrades()
