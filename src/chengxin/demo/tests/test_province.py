import json
import re
from datetime import date

import polars as pl
from stdnum.cn import ric, uscc

from chengxin.demo.cast import birth_of, read_cast
from chengxin.demo.places import cities, counties, map_features, read_data
from chengxin.demo.province import Province
from chengxin.demo.sizes import FAMILY
from chengxin.kernel.identifier_columns import check_id_column, check_uscc_column
from chengxin.kernel.identifiers import PROVINCES

TODAY = date(2026, 11, 24)


def test_sizes_are_as_promised(province):
    assert province.persons["adult"].sum() == 2_000
    assert (~province.persons["adult"]).sum() == 10
    assert province.operators.height == 300
    assert len(province.bodies) == 60
    assert (len(cities()), len(counties())) == (8, 44)


def test_size_m_has_120_000_adults_600_minors_and_30_000_firms():
    large = Province("M", today=TODAY)
    assert large.persons["adult"].sum() == 120_000
    assert (~large.persons["adult"]).sum() == 600
    assert large.operators.height == 30_000
    assert large.persons["id_no"].n_unique() == 120_600
    assert large.operators["uscc"].n_unique() == 30_000


def test_every_id_number_is_valid_and_in_area_39(province):
    numbers = province.persons["id_no"]
    assert (check_id_column(numbers, demo=True) == 0).all()
    assert all(ric.calc_check_digit(number) == number[-1] for number in numbers)
    assert all(number.startswith("39") for number in numbers)
    assert "39" not in PROVINCES


def test_every_credit_code_is_valid_and_in_area_39(province):
    codes = pl.concat([province.operators["uscc"], pl.Series([body.uscc for body in province.bodies])])
    assert (check_uscc_column(codes, demo=True) == 0).all()
    assert all(uscc.is_valid(code) and code[2:4] == "39" for code in codes)
    assert codes.n_unique() == 360


def test_no_number_of_the_demonstration_passes_in_production(province):
    assert (check_id_column(province.persons["id_no"], demo=False) != 0).all()


def test_a_family_of_namesakes_has_forty_numbers(province):
    families = province.persons["name"].value_counts().filter(pl.col("count") >= FAMILY)
    assert families.height == 2
    namesakes = province.persons.filter(pl.col("name") == "林禾舟")
    assert namesakes.height == FAMILY == namesakes["id_no"].n_unique()


def test_those_aged_17_are_not_adult_and_all_others_are(province):
    first_day = province.persons.select(pl.col("born_on").dt.offset_by("18y").dt.offset_by("1d")).to_series()
    assert ((first_day <= TODAY) == province.persons["adult"]).all()
    minors = province.persons.filter(~pl.col("adult"))
    assert minors["born_on"].max() < date(2009, 11, 24)
    assert minors["born_on"].min() > date(2008, 11, 24)


def test_nobody_bears_a_refused_name(province):
    words = set(read_data("words.yaml")["refused"])
    assert words.isdisjoint(province.persons["name"].to_list())


def test_one_seed_gives_the_same_people_and_firms_and_another_gives_others(province):
    again, other = Province("S", today=TODAY), Province("S", today=TODAY, seed=40)
    assert again.persons.equals(province.persons)
    assert again.operators.equals(province.operators)
    assert not other.persons.equals(province.persons)


def test_the_cast_is_in_the_province_under_fixed_numbers(province):
    assert province.id_no_of("lin") == "390101198003149173"
    assert province.id_no_of("zhou") == "390102198705219750"
    people = [member for member in read_cast() if member.is_person]
    assert province.persons.head(len(people))["key"].to_list() == [member.key for member in people]
    minor = next(member for member in people if member.key == "minor")
    assert birth_of(minor, today=TODAY) == date(2009, 5, 8)
    assert minor.role is None
    assert province.operators["legal_rep_id_no"][0] == province.id_no_of("zhou")


def test_every_member_of_staff_acts_for_a_department_that_exists(province):
    codes = {body.code for body in province.bodies}
    assert {member.body for member in read_cast() if member.body} <= codes


def test_the_four_kinds_of_service_provider_are_there(province):
    assert set(province.operators["provider"]) >= {"operation", "logistics", "consulting", "credit"}


def test_phones_have_a_range_no_network_has(province):
    assert all(re.fullmatch(r"101\d{8}", phone) for phone in province.persons["phone"])


def test_the_map_is_44_drawn_hexagons_that_do_not_overlap():
    features = map_features()["features"]
    assert len(features) == 44
    assert all(len(feature["geometry"]["coordinates"][0]) == 7 for feature in features)
    assert len({json.dumps(feature["geometry"]) for feature in features}) == 44


def test_legal_representatives_were_adults_when_their_first_records_were_made(province):
    heads = province.persons[province.operators["head"].to_numpy()]
    assert heads["born_on"].max() <= date(2002, 11, 24)
