"""Raters are ranked by what they give, the same on every run; a rank names its reasons and accuses nobody."""

import gzip
import io
import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from benches.trust import network
from sklearn.metrics import roc_auc_score

from chengxin.kernel.refusal import Refused
from chengxin.reputation import raters
from chengxin.reputation.contracts import Learning
from chengxin.reputation.facade import rank_raters, read_labels, read_ratings
from chengxin.reputation.signs import signs
from chengxin.reputation.tests.test_scoring import command

DAY = 86_400


@pytest.fixture(scope="module")
def small():
    return network(np.random.default_rng(21), traders=500, trades=5000, days=1000)


@pytest.fixture(scope="module")
def large():
    return network(np.random.default_rng(22), traders=1500, trades=15_000, days=1500)


def written(path: Path, frame: pl.DataFrame) -> Path:
    frame.write_csv(path)
    return path


def learnt(tmp_path, world):
    ratings = read_ratings(written(tmp_path / "known.csv", world.ratings))
    labels = read_labels(written(tmp_path / "labels.csv", world.labels(np.random.default_rng(3), 120)))
    return ratings, labels


def test_what_is_learnt_in_one_network_ranks_the_raters_of_another_three_times_its_size(tmp_path, small, large):
    other = read_ratings(written(tmp_path / "other.csv", large.ratings))
    ranked = rank_raters(*learnt(tmp_path, small), other).raters
    assert set(ranked["source"]) == {str(rater) for rater in large.ratings["source"]}
    assert ranked["rank"].to_list() == list(range(1, len(ranked) + 1))
    is_fraudulent = large.fraudulent[ranked["source"].cast(pl.Int64).to_numpy()]
    assert roc_auc_score(is_fraudulent, ranked["score"].to_numpy()) > 0.95
    plain = ranked.select(-pl.col("given")).to_series()  # Few ratings alone are no such sign.
    assert roc_auc_score(is_fraudulent, plain.to_numpy()) < 0.9


def test_the_ratings_a_rater_receives_change_no_sign_of_that_rater(tmp_path, small):
    rater = small.ratings.group_by("target").len().sort("len", "target")["target"][-1]
    worse = small.ratings.with_columns(rating=pl.when(pl.col("target") == rater).then(-10).otherwise(pl.col("rating")))
    both = [signs(read_ratings(written(tmp_path / "r.csv", frame))) for frame in (small.ratings, worse)]
    one, other = (table.filter(pl.col("source") == str(rater)) for table in both)
    assert one.equals(other)
    assert not both[0].equals(both[1])  # Those who rated this rater do differ more from each other now.


def test_the_signs_are_those_of_the_ratings_given(tmp_path):
    rows = [("u", "a", 10, 0), ("u", "b", -10, DAY), ("u", "c", 10, 4 * DAY), ("b", "a", 10, DAY), ("a", "u", 1, 5)]
    rows += [("c", "u", -4, 10 * DAY), ("b", "d", 2, DAY + 60), ("d", "a", -2, 3 * DAY)]
    frame = pl.DataFrame(rows, schema=["source", "target", "rating", "time"], orient="row")
    table = signs(read_ratings(written(tmp_path / "r.csv", frame)))
    [row] = table.filter(pl.col("source") == "u").rows(named=True)
    usual = 0.15  # The median of all ratings, on the scale from -1 to 1.
    exact = {
        "given": np.log(4), "span": np.log(5), "pace": 3 / 5, "usual_gap": np.log(3), "short_gaps": 0.0,
        "mean": 1 / 3, "lowest": -1.0, "best": 2 / 3, "worst": 1 / 3, "negative": 1 / 3, "same": 2 / 3,
        "first_value": 1.0, "believed_low": usual, "farthest": 1 + usual, "against": 1 / 3,
        "believed": ((1 - 0.2 + 3 * usual) / 5 + 2 * usual) / 3, "alone": 2 / 3, "mutual": 2 / 3, "first": 2 / 3,
        "answers_fast": 0.0, "own_age": 0.0, "clustering": 1 / 6,
    }  # fmt: skip
    assert {name: row[name] for name in exact} == pytest.approx(exact)
    assert table.filter(pl.col("source") == "a")["answers_fast"].item() == 1.0


def test_every_declared_sign_is_measured_and_the_other_way_round(tmp_path, small):
    table = signs(read_ratings(written(tmp_path / "r.csv", small.ratings)))
    assert set(table.columns) == {"source", *raters.declared()[2]}


def test_the_parts_of_a_score_sum_up_to_what_the_forest_says(small, tmp_path):
    table = signs(read_ratings(written(tmp_path / "r.csv", small.ratings)))
    matrix = raters._matrix(table, raters.declared()[2])
    is_fraudulent = small.fraudulent[table["source"].cast(pl.Int64).to_numpy()]
    forest = raters._forest(40, Learning()).fit(matrix[::2], is_fraudulent[::2])
    base, parts = raters._parts(forest, matrix)
    assert base + parts.sum(axis=1) == pytest.approx(forest.predict_proba(matrix)[:, 1], abs=1e-12)


def test_the_command_names_reasons_accuses_nobody_and_writes_the_same_bytes_whatever_the_order(tmp_path, small):
    known, labels = written(tmp_path / "known.csv", small.ratings), small.labels(np.random.default_rng(3), 120)
    marks = labels.select("source", mark=pl.when(pl.col("label") == "fair").then(pl.lit("+1")).otherwise(pl.lit("-1")))
    packed = tmp_path / "marks.csv.gz"
    packed.write_bytes(gzip.compress(marks.write_csv(include_header=False).encode()))
    out = tmp_path / "ranks.csv"
    done = command(
        "detect", "raters", str(known), "--train", str(packed), "--on", str(known), "--out", str(out), "--json"
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["penalties"] == 0
    assert "no accusation" in said["needs"]["en"]
    assert said["learnt_from"] == {"fraudulent": 60, "fair": 60, "rate_nobody": 0}
    assert said["known_told_apart_auc"] > 0.9

    shuffled = read_ratings(written(known, small.ratings.sample(fraction=1, shuffle=True, seed=5)))
    labels = read_labels(written(tmp_path / "labels.csv", labels.sample(fraction=1, shuffle=True, seed=5)))
    again = io.BytesIO()
    rank_raters(shuffled, labels, shuffled).raters.write_csv(again)
    assert again.getvalue() == out.read_bytes()

    ranked = pl.read_csv(out, infer_schema_length=None)
    assert ranked["needs"].unique().to_list() == [said["needs"]["zh"]]
    assert ranked["model"].unique().to_list() == [said["model"]]
    for row in ranked.head(30).iter_rows(named=True):
        reasons = json.loads(row["reasons"])
        assert 1 <= len(reasons) <= 3
        for reason in reasons:
            assert set(reason) == {"sign", "title", "unit", "value", "usual", "adds"}
            assert reason["adds"] > 0
        given = [reason["value"] for reason in reasons if reason["sign"] == "given"]
        assert given in ([], [row["given"]])


def test_labels_that_cannot_count_are_set_aside_with_their_reason(tmp_path):
    path = tmp_path / "labels.csv"
    path.write_text(
        "label,source\nfair,a\nFraudulent,b\nfair,a\n-1,c\n1,c\nperhaps,d\n,e\nfair,\n0,f\n虚假,g\n公正,h\n"
    )
    labels = read_labels(path)
    assert labels.frame.rows() == [("a", False), ("b", True), ("g", True), ("h", False)]
    assert labels.aside == {"incomplete": 2, "label_unknown": 2, "duplicate": 1, "contradictory": 2}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "REP-NO-FILE"),
        (b"", "REP-LABEL-COLUMNS"),
        (b"source,kind\na,fair\n", "REP-LABEL-COLUMNS"),
        (b"source,label\na,perhaps\n", "REP-NO-LABELS"),
        (b"source,label\n", "REP-NO-LABELS"),
        (b"\x1f\x8bnot packed", "REP-UNREADABLE"),
    ],
)
def test_labels_that_cannot_be_used_are_answered_with_a_code(tmp_path, content, code):
    path = tmp_path / "labels.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        read_labels(path)
    assert refused.value.refusal.code == code


def test_too_few_known_raters_teach_nothing(tmp_path, small):
    ratings, labels = learnt(tmp_path, small)
    few = labels.frame.filter(~pl.col("fraudulent")).vstack(labels.frame.filter("fraudulent").head(9))
    silent = pl.DataFrame({"source": ["nobody"], "fraudulent": [True]})
    with pytest.raises(Refused) as refused:
        rank_raters(ratings, type(labels)(frame=few.vstack(silent), aside={}), ratings)
    assert refused.value.refusal.code == "REP-LABELS-FEW"
    assert refused.value.refusal.values == {"fraudulent": "9", "fair": "60", "least": "10"}
