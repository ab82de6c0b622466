"""The densest block is exact, the same whatever the order of the rows, and an alarm is measured by the past."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from benches.market import Ring, honest, with_ring
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.kernel.refusal import Refused
from chengxin.reputation import blocks as dense_blocks
from chengxin.reputation.contracts import Rolling
from chengxin.reputation.facade import read_edges, report_blocks
from chengxin.reputation.rolling import _together
from chengxin.reputation.tests.test_scoring import command

DAY = 86_400


def textbook(
    edges: set[tuple[int, int]], shape: tuple[int, int], *, weigh_sources: bool, least: int = 0
) -> tuple[set[int], set[int]]:
    """Take off the lightest node one by one, in plain Python, and return the densest remainder of enough sources."""
    degree = {("s", k): 0 for k in range(shape[0])} | {("t", k): 0 for k in range(shape[1])}
    for source, target in edges:
        degree["s", source] += 1
        degree["t", target] += 1
    fine = dense_blocks.FINE if weigh_sources else 1
    ends = {
        node: (1 if node[0] == "s" and not weigh_sources else round(scale / float(np.log(many + 5.0))))
        for node, many in degree.items()
        for scale in [fine if node[0] == "s" else dense_blocks.ONE // fine]
    }
    nodes, left = sorted(degree), set(edges)
    best, densest = set(nodes), -1.0
    alive = set(nodes)
    while alive:
        weight = dict.fromkeys(sorted(alive), 0)
        for source, target in left:
            heavy = ends["s", source] * ends["t", target]
            weight["s", source] += heavy
            weight["t", target] += heavy
        density = sum(heavy for node, heavy in weight.items() if node[0] == "s") / len(alive)
        if density > densest and sum(kind == "s" for kind, _k in alive) >= least:
            densest, best = density, set(alive)
        lightest = min(weight, key=lambda node: (weight[node], node))
        alive.discard(lightest)
        left = {(s, t) for s, t in left if lightest not in {("s", s), ("t", t)}}
    return {k for kind, k in best if kind == "s"}, {k for kind, k in best if kind == "t"}


@settings(deadline=None)  # The first example waits for the compiler.
@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 6)), min_size=1, max_size=45), st.booleans(), st.randoms())
def test_the_block_is_that_of_the_textbook_whatever_the_order_and_however_often_a_row_stands_there(
    edges, weigh_sources, random
):
    shape = (10, 7)
    rows = [*edges, *list(edges)[:3]]
    random.shuffle(rows)
    sources, targets = (np.array(side, np.int32) for side in zip(*rows, strict=True))
    found = dense_blocks.densest(dense_blocks.graph(sources, targets, shape=shape), weigh_sources=weigh_sources)
    expected = textbook(edges, shape, weigh_sources=weigh_sources)
    assert (set(found.sources.tolist()), set(found.targets.tolist())) == expected
    inside = [edge for edge in edges if edge[0] in expected[0] and edge[1] in expected[1]]
    assert found.edges == len(inside)
    whole = dense_blocks.graph(sources, targets, shape=shape)
    of_each = dense_blocks.densest_of(whole, (0, 4, 9), weigh_sources=weigh_sources)
    for least, dense in zip((0, 4, 9), of_each, strict=True):
        expected = textbook(edges, shape, weigh_sources=weigh_sources, least=least)
        assert (set(dense.sources.tolist()), set(dense.targets.tolist())) == expected
    assert of_each[0].edges == found.edges
    assert of_each[0].density == found.density


def test_a_block_of_more_accounts_than_there_are_is_empty():
    whole = dense_blocks.graph(np.array([0, 1], np.int32), np.array([0, 0], np.int32), shape=(2, 1))
    [none] = dense_blocks.densest_of(whole, (3,))
    assert (len(none.sources), len(none.targets), none.edges, none.density) == (0, 0, 0, 0.0)


def written(path: Path, market, *, timed: bool = True) -> Path:
    order = np.random.default_rng(1).permutation(len(market.buyer))
    frame = pl.DataFrame({"source": market.buyer[order], "target": market.shop[order]})
    if timed:
        frame = frame.with_columns(time=pl.Series(market.day[order]) * DAY + 1_600_000_000)
    frame.write_parquet(path)
    return path


def small_market(seed: int = 11, *, groups: int = 0):
    draw = np.random.default_rng(seed)
    return honest(draw, buyers=8000, shops=300, orders=40_000, days=1000, groups=groups)


def f1(found: list[int], true: np.ndarray) -> float:
    return 2 * len(set(found) & set(true.tolist())) / (len(found) + len(true))


def test_an_honest_market_with_sales_days_raises_no_alarm(tmp_path):
    assert report_blocks(read_edges(written(tmp_path / "e.parquet", small_market())))["blocks"] == []


@pytest.mark.parametrize("days", [14, 60])
def test_a_ring_of_new_accounts_is_found_with_its_evidence(tmp_path, days):
    ring = Ring(accounts=100, shops=20, orders=3, days=days, first_day=880)
    market, accounts, _shops = with_ring(np.random.default_rng(3), small_market(), ring)
    [block] = report_blocks(read_edges(written(tmp_path / "e.parquet", market)))["blocks"]
    assert f1(block["sources"], accounts) >= 0.96
    assert block["alarm"] is True
    assert block["ratio"] == pytest.approx(block["density"] / block["usual_density"], abs=1e-3)
    assert block["ratio"] >= 1.2
    assert len(block["rows"]) == block["edges"]
    assert {row["source"] for row in block["rows"]} == set(block["sources"])
    assert {row["target"] for row in block["rows"]} == set(block["targets"])
    assert all(block["first_day"] <= row["day"] < block["end_day"] for row in block["rows"])
    assert max(block["compared_with"]) <= block["first_day"]
    assert "由人决定" in block["needs"]["zh"]
    assert f"{block['usual_density'] * 1.2:.4f}" in block["clears"]["zh"]


def test_neighbours_who_buy_together_raise_no_alarm_and_hide_no_ring(tmp_path):
    market = small_market(groups=40)
    assert report_blocks(read_edges(written(tmp_path / "honest.parquet", market)))["blocks"] == []
    ring = Ring(accounts=100, shops=20, orders=3, days=14, first_day=880)
    market, accounts, _shops = with_ring(np.random.default_rng(3), market, ring)
    [block] = report_blocks(read_edges(written(tmp_path / "e.parquet", market)))["blocks"]
    assert f1(block["sources"], accounts) >= 0.96
    assert block["accounts_at_least"] in {10, 30, 60}


def test_the_first_neighbours_of_a_market_raise_no_alarm_for_they_meet_at_few_shops(tmp_path):
    edges = read_edges(written(tmp_path / "e.parquet", small_market(1, groups=6)))
    assert report_blocks(edges)["blocks"] == []
    assert len(report_blocks(edges, Rolling(least_targets=1))["blocks"]) == 2


def test_of_two_groups_that_never_meet_the_larger_alone_is_the_ring():
    source, target = (np.array(side, np.int32) for side in ([0, 1, 5, 6, 7, 2, 6], [0, 0, 3, 3, 4, 0, 4]))
    assert _together(source, target).tolist() == [True, True, False, False, False, True, False]
    more = np.append(source, 8).astype(np.int32), np.append(target, 3).astype(np.int32)
    assert _together(*more).tolist() == [False, False, True, True, True, False, True, True]


def test_a_file_that_says_every_order_twice_is_answered_the_same(tmp_path):
    ring = Ring(accounts=40, shops=10, orders=4, days=30, first_day=880)
    market, accounts, _shops = with_ring(np.random.default_rng(3), small_market(), ring)
    once = pl.read_parquet(written(tmp_path / "once.parquet", market))
    pl.concat([once, once]).sample(fraction=1, shuffle=True, seed=2).write_parquet(tmp_path / "twice.parquet")
    [block] = report_blocks(read_edges(tmp_path / "once.parquet"))["blocks"]
    [again] = report_blocks(read_edges(tmp_path / "twice.parquet"))["blocks"]
    assert f1(block["sources"], accounts) >= 0.96
    assert again == block


def test_without_enough_past_nothing_is_called_unusual(tmp_path):
    ring = Ring(accounts=100, shops=20, orders=6, days=14, first_day=200)
    market, _accounts, _shops = with_ring(np.random.default_rng(3), small_market(), ring)
    early = read_edges(written(tmp_path / "e.parquet", market))
    assert [block["first_day"] for block in report_blocks(early)["blocks"] if block["first_day"] < "2021-06"] == []


def test_without_times_the_densest_block_is_named_and_is_no_alarm(tmp_path):
    ring = Ring(accounts=40, shops=10, orders=8, days=14, first_day=880)
    market, accounts, shops = with_ring(np.random.default_rng(3), small_market(), ring)
    [block] = report_blocks(read_edges(written(tmp_path / "e.parquet", market, timed=False)))["blocks"]
    assert set(block["sources"]) >= set(accounts.tolist())
    assert set(block["targets"]) >= set(shops.tolist())
    assert block["alarm"] is False


def test_the_command_reads_csv_says_what_is_set_aside_and_writes_the_same_bytes_twice(tmp_path):
    lines = ["time,target,source,note", *(f"2026-01-0{k % 9 + 1},shop{k % 3},buyer{k % 7},x" for k in range(60))]
    lines += ["2026-01-01,,buyer1,x", "yesterday,shop1,buyer1,x"]
    source = tmp_path / "edges.csv"
    source.write_text("\n".join(lines) + "\n")
    outs = [tmp_path / "one.json", tmp_path / "two.json"]
    for out in outs:
        done = command("detect", "blocks", str(source), "--out", str(out), "--json")
        assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["edges"], said["sources"], said["targets"]) == (60, 7, 3)
    assert said["aside"] == {"incomplete": 1, "time_unreadable": 1}
    assert outs[0].read_bytes() == outs[1].read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("none.csv", None, "REP-NO-FILE"),
        ("other.csv", "a,b\n1,2\n", "REP-EDGE-COLUMNS"),
        ("empty.csv", "source,target\n", "REP-NO-EDGES"),
        ("broken.parquet", "not parquet", "REP-UNREADABLE"),
    ],
)
def test_a_file_that_cannot_be_used_is_answered_with_a_code(tmp_path, name, content, code):
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(Refused) as refused:
        read_edges(tmp_path / name)
    assert refused.value.refusal.code == code
