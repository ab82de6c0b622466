"""The invented adults of the province, the few aged 17 that must be refused, and families of namesakes."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import polars as pl
from dateutil.relativedelta import relativedelta

from chengxin.demo.cast import Member, birth_of
from chengxin.demo.identifiers import Digits, id_numbers, phone_numbers
from chengxin.demo.places import counties, read_data
from chengxin.demo.sizes import FAMILY, Size

Days = npt.NDArray[np.datetime64]


def yyyymmdd(days: Days) -> Digits:
    """Return dates as numbers of eight digits."""
    text = np.char.replace(days.astype("datetime64[D]").astype("U10"), "-", "")
    return text.astype(np.int64)


def pick(rng: np.random.Generator, choices: list[str], count: int) -> pl.Series:
    """Return a column of random choices."""
    return pl.Series(choices, dtype=pl.String).gather(rng.integers(0, len(choices), count))


def make_names(rng: np.random.Generator, count: int) -> pl.Series:
    """Return names that mean nobody: quiet characters, a third of rare or invented surnames, a list of refusals."""
    words = read_data("words.yaml")
    common, invented = list(words["surnames"]["common"]), words["surnames"]["invented"]
    rare = rng.random(count) < 0.35
    surname = pl.DataFrame({"rare": rare, "a": pick(rng, common, count), "b": pick(rng, invented, count)})
    first = pick(rng, list(words["given_first"]), count)
    second = pick(rng, [*words["given_second"], ""], count)
    frame = surname.with_columns(
        surname=pl.when("rare").then("b").otherwise("a"), fallback=pl.col("b"), first=first, second=second
    )
    named = frame.with_columns(name=pl.concat_str("surname", "first", "second"))
    safe = pl.concat_str("fallback", "first", "second")
    return named.select(pl.when(pl.col("name").is_in(words["refused"])).then(safe).otherwise("name").alias("name"))[
        "name"
    ]


def births_between(rng: np.random.Generator, *, first: date, last: date, count: int) -> Days:
    """Return random birthdays between two days, both included."""
    start = np.datetime64(first, "D")
    span = int((np.datetime64(last, "D") - start).astype(np.int64)) + 1
    return start + rng.integers(0, span, count).astype("timedelta64[D]")


def _years_before(today: date, years: int) -> date:
    return today - relativedelta(years=years)


def _numbers(rng: np.random.Generator, *, births: Days, county: Digits) -> tuple[pl.Series, Digits]:
    """Return distinct identity numbers; serials from 900 up belong to the cast."""
    codes = np.array([int(area.code) for area in counties()], np.int64)[county]
    day = yyyymmdd(births)
    serial = rng.integers(1, 900, len(births))
    while True:
        taken = pl.DataFrame({"area": codes, "day": day, "serial": serial})
        again = taken.select(pl.int_range(pl.len()).over("area", "day", "serial")).to_series().to_numpy() > 0
        if not again.any():
            return id_numbers(codes, day, serial), serial
        serial = np.where(again, serial % 899 + 1, serial)


def make_people(rng: np.random.Generator, *, size: Size, today: date, cast: tuple[Member, ...]) -> pl.DataFrame:
    """Return the people: cast first, then families of namesakes, then all others, then those aged 17."""
    persons = [member for member in cast if member.is_person]
    minors = size.minors - sum(member.is_minor for member in persons)
    count = size.adults + size.minors - len(persons)
    eighteen, seventeen = _years_before(today, 18), _years_before(today, 17)
    first, last = _years_before(today, 86), eighteen - timedelta(days=2)
    grown = births_between(rng, first=first, last=last, count=count - minors)
    first, last = eighteen + timedelta(days=20), seventeen - timedelta(days=1)
    young = births_between(rng, first=first, last=last, count=minors)
    births = np.concatenate([grown, young])
    county = rng.integers(0, len(counties()), count)
    numbers, serial = _numbers(rng, births=births, county=county)
    names = make_names(rng, count).to_list()
    _name_families(names, size=size, cast=cast)
    roads = pick(rng, read_data("words.yaml")["roads"], count)
    places = pl.DataFrame(
        {"place": [area.full_name for area in counties()], "area": [area.code for area in counties()]}
    )
    frame = pl.DataFrame(
        {
            "id_no": numbers,
            "name": names,
            "gender": np.where(serial % 2 == 1, "男", "女"),
            "born_on": births,
            "area": places["area"].gather(county),
            "address": places["place"].gather(county) + roads + pl.Series(rng.integers(1, 400, count)).cast(str) + "号",
            "phone": phone_numbers(np.arange(1_000, 1_000 + count, dtype=np.int64)),
            "hardship": rng.random(count) < 0.04,
            "deceased": rng.random(count) < 0.004,
            "guardianship": rng.random(count) < 0.003,
            "key": np.full(count, ""),
        }
    )
    everybody = pl.concat([_cast_people(cast, today=today), frame])
    adult = pl.col("born_on").dt.offset_by("18y") < pl.lit(today)
    return everybody.with_columns(adult=adult).with_columns(
        deceased=pl.col("deceased") & adult, guardianship=pl.col("guardianship") & adult & ~pl.col("deceased")
    )


def _name_families(names: list[str], *, size: Size, cast: tuple[Member, ...]) -> None:
    """Give each family of namesakes its name; the first family shares the name of the cast's namesake."""
    shared = [member.name for member in cast if member.namesakes][:1]
    chosen = shared + [name for name in names[-size.homonym_families * 3 :] if name not in shared]
    for family in range(size.homonym_families):
        own = FAMILY - sum(member.name == chosen[family] for member in cast)
        start = family * FAMILY
        names[start : start + own] = [chosen[family]] * own


def _cast_people(cast: tuple[Member, ...], *, today: date) -> pl.DataFrame:
    people = [member for member in cast if member.is_person]
    births = np.array([birth_of(member, today=today) for member in people], dtype="datetime64[D]")
    areas = np.array([int(member.area) for member in people], np.int64)
    serials = np.array([member.serial for member in people], np.int64)
    place = {area.code: area.full_name for area in counties()}
    return pl.DataFrame(
        {
            "id_no": id_numbers(areas, yyyymmdd(births), serials),
            "name": [member.name for member in people],
            "gender": np.where(serials % 2 == 1, "男", "女"),
            "born_on": births,
            "area": [member.area for member in people],
            "address": [f"{place[member.area]}书院巷{number}号" for number, member in enumerate(people, 1)],
            "phone": phone_numbers(np.arange(1, 1 + len(people), dtype=np.int64)),
            "hardship": [member.hardship for member in people],
            "deceased": [member.deceased for member in people],
            "guardianship": [member.guardianship for member in people],
            "key": [member.key for member in people],
        }
    )
