from datetime import date

import polars as pl
import pytest

from chengxin.demo.export import DISTINCT_SHARE, two_publicity_file
from chengxin.kernel.identifier_columns import check_id_column, check_uscc_column

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def export(tmp_path_factory):
    path = tmp_path_factory.mktemp("export") / "penalties.csv"
    return two_publicity_file(path, rows=20_000, today=TODAY)


@pytest.fixture(scope="module")
def sheet(export):
    return pl.read_csv(export.path.read_bytes().decode("gb18030").encode(), infer_schema=False).fill_null("")


def test_the_export_is_gb18030_with_old_headings_and_thirty_columns(sheet):
    assert sheet.shape == (20_000, 30)
    assert sheet.columns[:3] == ["CF_WSH", "CF_CFMC", "CF_CFLB1"]
    assert sheet["CF_CFLB2"].unique().to_list() == [""]


def test_three_rows_in_a_hundred_are_bad_and_the_truth_says_which(export, sheet):
    assert export.truth["row"].n_unique() == export.bad
    assert 0.025 < export.bad / export.rows < 0.032
    at = export.truth["row"] - 2
    bad = sheet[at].with_columns(export.truth)
    assert set(bad.filter(pl.col("kind") == "unknown_code")["CF_CFLB1"]) == {"不详"}
    assert set(bad.filter(pl.col("kind") == "missing")["CF_SY"]) == {""}
    assert set(bad.filter(pl.col("kind") == "bad_date")["CF_JDRQ"]) == {"2026/13/45"}
    codes = bad.filter(pl.col("code") == "E-USCC-02")["CF_XDR_SHXYM"]
    assert (check_uscc_column(codes, demo=True) == 12).all()
    persons = bad.filter(pl.col("code") == "E-ID-02")["CF_XDR_SFZ"]
    assert (check_id_column(persons, demo=True) == 2).all()
    copies = at.filter(export.truth["kind"] == "duplicate")
    assert sheet[copies].equals(sheet[copies - 1])


def test_rows_the_truth_does_not_name_have_sound_numbers(export, sheet):
    sound = sheet.with_row_index("row", offset=2).join(
        export.truth.with_columns(pl.col("row").cast(pl.UInt32)), on="row", how="anti"
    )
    codes = sound["CF_XDR_SHXYM"].filter(sound["CF_XDR_SHXYM"] != "")
    numbers = sound["CF_XDR_SFZ"].filter(sound["CF_XDR_SFZ"] != "")
    assert (check_uscc_column(codes, demo=True) == 0).all()
    assert (check_id_column(numbers, demo=True) == 0).all()
    assert codes.len() + numbers.len() == sound.height
    assert sound["CF_WSH"].n_unique() == sound.height


def test_a_third_of_the_rows_are_distinct_subjects_and_a_tenth_of_those_are_persons(sheet):
    subjects = sheet.select(pl.concat_str("CF_XDR_SHXYM", "CF_XDR_SFZ")).to_series().n_unique()
    assert subjects <= 20_000 * (DISTINCT_SHARE + 0.05)
    persons = (sheet["CF_XDR_SFZ"] != "").sum()
    assert persons / sheet.height == pytest.approx(0.1, abs=0.01)


def test_one_number_has_one_name(sheet):
    for number in ("CF_XDR_SFZ", "CF_XDR_SHXYM"):
        named = sheet.filter(pl.col(number) != "").group_by(number).agg(pl.col("CF_XDR_MC").n_unique())
        assert named["CF_XDR_MC"].max() == 1


def test_the_same_arguments_give_the_same_bytes(export, tmp_path):
    again = two_publicity_file(tmp_path / "again.csv", rows=20_000, today=TODAY)
    assert again.path.read_bytes() == export.path.read_bytes()
    other = two_publicity_file(tmp_path / "other.csv", rows=20_000, today=TODAY, seed=1)
    assert other.path.read_bytes() != export.path.read_bytes()


def test_the_present_edition_and_licences_are_written_too(tmp_path):
    new = two_publicity_file(tmp_path / "new.csv", rows=50, today=TODAY, edition="new", encoding="utf-8")
    licences = two_publicity_file(tmp_path / "l.csv", rows=50, today=TODAY, kind="licence", columns=20)
    assert new.path.read_text("utf-8").startswith("CF_XDR_MC,CF_XDR_LB")
    assert licences.path.read_bytes().startswith(b"XK_WSH")
