"""Two registers are linked by what their columns say, and never across two valid different identifiers."""

import polars as pl
import pytest
from benches.link import judged, registers

from chengxin.kernel.refusal import Refused
from chengxin.screening.cells import Holds, are_alike, nominating
from chengxin.screening.facade import link, read_registers


@pytest.fixture(scope="module")
def world():
    one, other, truth = registers(6_000)
    return one, other, truth, link(one, other)


def test_a_worn_register_is_linked_with_precision_and_recall(world):
    figures = judged(world[3], world[2])
    assert figures["precision"] >= 0.995
    assert figures["recall"] >= 0.98


def test_each_record_is_linked_once_and_each_pair_says_what_each_column_added(world):
    linked = world[3].pairs.filter(pl.col("decision") == "link")
    assert linked["a_id"].n_unique() == linked["b_id"].n_unique() == len(linked)
    assert all(text.count("；") == 4 for text in linked["explanation"].to_list())
    assert linked["explanation"].str.contains(r"^name(相同|相近|不同|缺)[+-]\d+\.\d；birth_date").all()


def test_the_same_registers_give_the_same_pairs(world):
    assert link(world[0], world[1]).pairs.equals(world[3].pairs)


def test_two_valid_different_identifiers_are_never_merged_however_much_else_agrees(world):
    one, other, _truth, before = world
    numbers = one["id_no"].filter(one["id_no"] != "").to_list()
    pair = before.pairs.filter(pl.col("decision") == "link").row(0, named=True)
    mine = one.filter(pl.col("id") == pair["a_id"])
    twin = mine.with_columns(id=pl.lit(pair["b_id"]), id_no=pl.lit("390101198002034215"))
    assert len(numbers) > 100
    for number, merges in (("39010119800203421", True), (_valid("39010119800203421"), False)):
        theirs = pl.concat([other.filter(pl.col("id") != pair["b_id"]), twin.with_columns(id_no=pl.lit(number))])
        ours = pl.concat(
            [one.filter(pl.col("id") != pair["a_id"]), mine.with_columns(id_no=pl.lit(_valid("39010219750512001")))]
        )
        after = link(ours, theirs)
        rows = after.pairs.filter((pl.col("a_id") == pair["a_id"]) & (pl.col("b_id") == pair["b_id"]))
        assert (rows["decision"].to_list() == ["link"]) is merges
        assert after.refused >= (not merges)


def _valid(body):
    from chengxin.kernel.identifiers import check_id_no

    return next(body + sign for sign in "0123456789X" if not check_id_no(body + sign))


def test_a_name_alone_links_nobody_and_a_number_alone_does(world):
    by_name = link(world[0].select("id", "name"), world[1].select("id", "name")).pairs
    assert set(by_name["decision"]) == {"review"}
    by_number = link(world[0].select("id", "id_no"), world[1].select("id", "id_no")).pairs
    linked = by_number.filter(pl.col("decision") == "link")
    assert len(linked) > 100
    assert linked["explanation"].str.starts_with("id_no相同").all()


@pytest.mark.parametrize("text", ["id,name\n1,甲\n1,乙\n", "id,name\n,甲\n", "id\n1\n"])
def test_a_register_without_an_id_for_every_row_is_refused(tmp_path, text):
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(Refused, match="LNK-ID"):
        read_registers(tmp_path / "a.csv", tmp_path / "a.csv")


def test_registers_are_read_under_one_name_for_a_column_and_without_the_rows_that_do_not_fit(tmp_path):
    (tmp_path / "a.csv").write_text("id,name,birth_date\n1,林岚舟,1980-02-03\n2,周,禾,1990-01-01\n", "utf-8")
    (tmp_path / "b.csv").write_text("编号,出生日期,姓名\n9,1980年2月3日,林岚舟\n", "utf-8")
    one, other = read_registers(tmp_path / "a.csv", tmp_path / "b.csv")
    assert (one.frame.columns, other.frame.columns) == (["id", "name", "birth_date"], ["编号", "birth_date", "name"])
    assert one.listed("a.csv")[0][:4] == ("a.csv", 3, "2", "SCR-CELLS")
    pairs = link(one.frame, other.frame).pairs
    assert pairs["explanation"].to_list()[0].startswith("name相同")
    assert "birth_date相同" in pairs["explanation"].to_list()[0]


def alike(kind, ones, others):
    one, other = pl.Series(ones), pl.Series(others)
    return are_alike(one, other, kind, keys=(nominating(one, kind), nominating(other, kind))).tolist()


def test_names_that_sound_alike_or_stand_in_another_order_are_alike_and_others_differ():
    assert alike(Holds.NAME, ["林伟"] * 3, ["林炜", "伟林", "林芳"]) == [True, True, False]


def test_dates_with_day_and_month_exchanged_are_alike_and_two_numbers_of_one_day_are_not():
    days = ["19800203", "19800203", "19490426"], ["19800302", "19810203", "19940826"]
    assert alike(Holds.DATE, *days) == [True, True, False]
    numbers = ["390527200409103525"] * 3, ["390527200409109585", "390527200409103255", "390527200409103535"]
    assert alike(Holds.NUMBER, *numbers) == [False, True, True]


def test_who_lives_together_is_not_taken_for_one_person():
    one, other, truth = registers(6_000)
    # Each of ours has somebody of another name and birth at home, who stands in their register.
    homes = one.head(1_500).with_columns(
        id="h" + pl.col("id"),
        name=one["name"].head(1_500).str.head(1) + one["name"].head(1_500).reverse().str.slice(1),
        birth_date=one["birth_date"].slice(1_500, 1_500),
        id_no=pl.lit(""),
        phone=pl.lit(""),
    )
    linked = link(one, pl.concat([other, homes]))
    assert judged(linked, truth)["precision"] >= 0.995
    assert judged(linked, truth)["recall"] >= 0.98


def test_registers_without_a_common_column_are_refused():
    with pytest.raises(Refused, match="LNK-COLUMNS"):
        link(pl.DataFrame({"id": ["1"], "a": ["x"]}), pl.DataFrame({"id": ["1"], "b": ["x"]}))
