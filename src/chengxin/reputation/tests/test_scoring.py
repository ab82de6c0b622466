"""Scores are the same on every run, follow from their ledger, and do not move for a ring."""

import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from benches import trust
from benches.bazaar import bazaar
from benches.reputation import SIZES, measured, plain

from chengxin.kernel.refusal import Refused
from chengxin.reputation.facade import read_ratings, score

DAY = 86_400


def network(seed: int = 7) -> list[tuple[str, str, int, int]]:
    """300 traders rate each other for three years; some are better than others."""
    draw = np.random.default_rng(seed)
    quality = draw.normal(2, 4, 300)
    pull = draw.pareto(1.5, 300) + 0.3
    rows = {}
    for _ in range(4000):
        source, target = draw.choice(300, 2, replace=False, p=pull / pull.sum())
        value = int(np.clip(round(quality[target] + draw.normal(0, 2)), -10, 10)) or 1
        rows[source, target] = (f"t{source}", f"t{target}", value, int(draw.integers(0, 1095 * DAY)))
    return list(rows.values())


def written(path: Path, rows: list[tuple[str, str, int, int]]) -> Path:
    lines = ["source,target,rating,time", *(",".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n")
    return path


def command(*words: str) -> subprocess.CompletedProcess[str]:
    program = "import sys; from chengxin.cli.main import main; sys.argv[0] = 'chengxin'; main()"
    return subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=False)


def test_five_attacks_on_an_invented_network_move_their_targets_little_and_usefulness_is_kept():
    drawn = trust.network(np.random.default_rng(6), traders=1200, trades=11_000, days=1500).ratings
    figures = measured(plain(drawn), -10.0, 10.0, 6, short=True)
    most = {"promote": 2, "layered": 5, "hijack": 25, "slander": 1, "slander by hijacked": 45}
    for attack, points in most.items():
        for size in SIZES:
            assert abs(figures[attack][f"ours K={size}"]) <= points, (attack, size, figures[attack])
            assert abs(figures[attack][f"Bayes K={size}"]) > 50  # The plain average of the same ratings does move.
    assert figures["later mean AUC"]["ours"] >= figures["later mean AUC"]["Bayes"] - 0.02


def test_where_nobody_rates_the_raters_new_accounts_move_nothing_and_bought_ones_little():
    drawn = bazaar(np.random.default_rng(3), buyers=2_000, shops=120, visits=6.0, days=900)
    figures = measured(plain(drawn), -10.0, 10.0, 3, short=True)
    most = {"promote": 0.2, "layered": 0.2, "hijack": 25, "slander": 0.2, "slander by hijacked": 45}
    for attack, points in most.items():
        for size in SIZES:
            assert abs(figures[attack][f"ours K={size}"]) <= points, (attack, size, figures[attack])
        assert abs(figures[attack]["Bayes K=20"]) > 5  # The plain average of the same ratings does move.
    assert figures["later mean AUC"]["ours"] >= figures["later mean AUC"]["Bayes"] - 0.02


def test_a_flood_of_unknown_accounts_takes_no_weight_off_the_ratings_around_it(tmp_path):
    rows = network()
    times = [row[3] for row in rows if row[1] == "t40"]
    flood = [(f"fake{k}", "t40", -10, times[k % len(times)] + 60) for k in range(20)]
    bursts = []
    for given in (rows, rows + flood):
        ledger = score(read_ratings(written(tmp_path / "a.csv", given))).ledger
        known = ledger.filter((pl.col("target") == "t40") & ~pl.col("source").str.starts_with("fake"))
        bursts.append(dict(zip(known["source"], known["burst"], strict=True)))
    assert bursts[0] == bursts[1]


def test_the_order_of_the_rows_changes_no_byte(tmp_path):
    rows = network()
    outputs = []
    for turn in range(2):
        random.Random(turn).shuffle(rows)
        source = written(tmp_path / "in.csv", rows)
        done = command(
            "reputation", "score", str(source),
            "--out", str(tmp_path / f"{turn}.csv"), "--ledger", str(tmp_path / f"{turn}.ledger"),
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        outputs.append((tmp_path / f"{turn}.csv").read_bytes() + (tmp_path / f"{turn}.ledger").read_bytes())
    assert outputs[0] == outputs[1]
    assert outputs[0].startswith(b"target,score,low,high,effective_n,status\n")
    recompute(tmp_path / "0.csv", tmp_path / "0.ledger")


def recompute(scores: Path, ledger: Path) -> None:
    """Compute each weight from its factors and each score from its weights, from the two files alone."""
    known = {row["target"]: row for row in pl.read_csv(scores).iter_rows(named=True)}
    sums: dict[str, list[float]] = {}
    for row in pl.read_csv(ledger, infer_schema_length=None).iter_rows(named=True):
        factors = ("trust", "independence", "burst", "experience", "decay", "reliability", "reliability")
        assert row["weight"] == pytest.approx(float(np.prod([row[name] for name in factors])), abs=1e-12)
        total = sums.setdefault(row["target"], [row["prior_weight"] * row["prior_mean"], row["prior_weight"], 0.0])
        total[0] += row["weight"] * row["rating"]
        total[1] += row["weight"]
        total[2] += row["weight"]
    assert sums.keys() == known.keys()
    for target, (above, below, amount) in sums.items():
        assert above / below == pytest.approx(known[target]["score"], abs=1e-6)
        assert amount == pytest.approx(known[target]["effective_n"], abs=1e-6)
        assert known[target]["status"] == ("insufficient" if amount < 3 else "ok")


def test_where_nobody_rates_the_raters_who_came_back_after_sixty_days_counts_or_whose_trade_was_matched(tmp_path):
    back = [("early", 1, 59), ("just", 1, 60), ("late", 4, 300)]
    rows = [(name, "shop", 5, 0) for name, _value, _day in back] + [("once", "shop", 5, 900 * DAY)]
    rows += [(name, "other", value, day * DAY) for name, value, day in back]
    path = written(tmp_path / "a.csv", rows)
    trust = dict(score(read_ratings(path, scale=(1, 5))).ledger.select("source", "trust").unique().iter_rows())
    assert trust == {"early": 0.0, "just": 1.0, "late": 1.0, "once": 0.0}
    matched = score(read_ratings(path, scale=(1, 5), are_matched=True)).ledger
    assert matched["trust"].unique().to_list() == [1.0]


def test_matched_trades_count_by_experience_where_nobody_rates_the_raters(tmp_path):
    rows = [(f"buyer{k}", "shop", 5, k * 60 * DAY) for k in range(12)] + [("buyer0", "other", 1, 30 * DAY)]
    scored = score(read_ratings(written(tmp_path / "a.csv", rows), scale=(1, 5), are_matched=True))
    assert scored.ledger["trust"].unique().to_list() == [1.0]
    assert scored.ledger["independence"].unique().to_list() == [1.0]
    assert dict(zip(scored.scores["target"], scored.scores["status"], strict=True)) == {
        "other": "insufficient",
        "shop": "ok",
    }


def test_bad_rows_are_set_aside_with_their_reason(tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text(
        "source,target,rating,time\na,b,5,2024-01-01\n,b,5,2024-01-01\na,b,x,2024-01-01\nc,c,5,2024-01-01\n"
        "d,b,5,never\na,b,4,2024-02-01\ne,b\ne,b,3,2024-02-01\ne,b,3,2024-02-01\ng,b,99,2024-03-01\n"
    )
    ratings = read_ratings(path, scale=(1, 5))
    assert ratings.aside == {
        "incomplete": 3, "self": 1, "out_of_scale": 1, "time_unreadable": 1, "duplicate": 1, "superseded": 1,
    }  # fmt: skip
    assert ratings.frame.select("source", "rating").rows() == [("a", 4.0), ("e", 3.0)]
    assert score(ratings).scores["status"].to_list() == ["insufficient"]


@pytest.mark.parametrize("text", ["", "\n", "source,target,rating,time\n", "a;b\n1;2\n", "source,target,rating\na,,\n"])
def test_a_file_without_ratings_is_refused_in_words(tmp_path, text):
    path = tmp_path / "empty.csv"
    path.write_text(text)
    with pytest.raises(Refused) as refused:
        read_ratings(path)
    assert refused.value.refusal.code in {"REP-NO-RATINGS", "REP-COLUMNS"}
    done = command("reputation", "score", str(path), "--out", str(tmp_path / "out.csv"))
    assert done.returncode == 1
    assert refused.value.refusal.code in done.stderr
    assert "Traceback" not in done.stderr
