"""Two registers are linked by what their columns say, and never across two valid different identifiers."""

import polars as pl
import pytest
from benches.link import judged, registers

from chengxin.kernel.refusal import Refused
from chengxin.screening.facade import link, read_register


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
        read_register(tmp_path / "a.csv")


def test_registers_without_a_common_column_are_refused():
    with pytest.raises(Refused, match="LNK-COLUMNS"):
        link(pl.DataFrame({"id": ["1"], "a": ["x"]}), pl.DataFrame({"id": ["1"], "b": ["x"]}))
