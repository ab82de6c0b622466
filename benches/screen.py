"""`chengxin bench screen`: what is found and what is flagged on invented names, and how fast, beside yardsticks."""

from __future__ import annotations

import random
import resource
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benches.screen_list import screener
from benches.screen_romanised import WAYS as WAYS_SPELLED
from benches.screen_romanised import persons
from benches.screen_world import (
    WAYS,
    Firm,
    birthday,
    firms,
    foreigner,
    person,
    romanised,
    treated,
)
from chengxin.screening.contracts import Hit, Query

LISTED = 3_654
OTHERS = 1_000
ALTERED = 400
CLOSE = 0.60
CLOSER = 0.78


def run(root: Path, *, rows: int, short: bool = False) -> dict[str, Any]:
    """Print quality on invented names, then speed, also over HTTP; `rows` is the size of the large list."""
    from benches.screen_bulk import bulk
    from benches.screen_http import over_http
    from benches.screen_yardsticks import yardsticks

    figures = {**enterprises(short=short), **romanised_persons(), **letters(short=short)}
    figures |= spelled_persons(short=short)
    figures |= speed(20_000 if short else 100_000, short=short)
    if not short:
        figures |= speed(rows, short=short)
    figures |= bulk(500_000 if short else 10_000_000)
    figures |= over_http(root, short=short)
    return figures | yardsticks(short=short)


def listed(some: list[Firm]) -> list[Query]:
    """Return firms as entries of a list."""
    return [Query(f"E{place}", "enterprise", firm.name) for place, firm in enumerate(some)]


def enterprises(*, short: bool) -> dict[str, Any]:
    """Return recall by way of altering, and the share of other firms flagged, at two thresholds."""
    draw = random.Random(20261129)
    known = firms(draw, LISTED)
    others = firms(draw, OTHERS, apart_from=frozenset(firm.base for firm in known))
    index = screener(listed(known))
    negatives = index.answer([Query(str(k), "enterprise", firm.name) for k, firm in enumerate(others)])
    found: dict[str, list[float]] = defaultdict(list)
    for way, alter in WAYS.items():
        places = draw.sample(range(len(known)), ALTERED // 8 if short else ALTERED)
        asked = {f"E{place}": text for place in places if (text := alter(known[place], draw))}
        answers = index.answer([Query(entry, "enterprise", text) for entry, text in asked.items()])
        for entry, hits in zip(asked, answers, strict=True):
            found[way].append(max((hit.score for hit in hits if hit.entry_id == entry), default=0.0))
    figures: dict[str, Any] = {}
    for least in (CLOSE, CLOSER):
        recall = {way: float(np.mean([score >= least for score in scores])) for way, scores in found.items()}
        flagged = np.mean([any(hit.score >= least for hit in hits) for hits in negatives])
        figures[f"enterprises from {least}"] = {
            "macro recall": round(float(np.mean(list(recall.values()))), 4),
            "others flagged": round(float(flagged), 4),
        }
        figures[f"  recall from {least}"] = {way: round(value, 3) for way, value in recall.items()}
    blocked = sum(hit.action == "block_proposed" for hits in negatives for hit in hits)
    return figures | {"others blocked": blocked}


def romanised_persons() -> dict[str, Any]:
    """Return recall of romanised names among names in characters, and other persons hit for each query."""
    draw = random.Random(6)
    names = list(dict.fromkeys(person(draw) for _ in range(606)))
    index = screener([Query(f"P{place}", "person", name) for place, name in enumerate(names)])
    answers = index.answer([Query(str(k), "person", romanised(name, draw)) for k, name in enumerate(names)])
    right = [any(hit.entry_id == f"P{place}" for hit in hits) for place, hits in enumerate(answers)]
    others = sum(hit.entry_id != f"P{place}" for place, hits in enumerate(answers) for hit in hits)
    return {
        "romanised persons": {
            "recall": round(float(np.mean(right)), 4),
            "others per query": round(others / len(names), 4),
        }
    }


def spelled_persons(*, short: bool) -> dict[str, Any]:
    """Return the same of names spelled and accompanied in eleven ways, by a generator with tables of its own."""
    draw = random.Random(19)
    known = persons(draw, 200 if short else 800)
    index = screener([Query(f"P{place}", "person", one.name) for place, one in enumerate(known)])
    recall, others, asked = {}, 0, 0
    for name, way in WAYS_SPELLED.items():
        texts = {f"P{place}": text for place, one in enumerate(known) if (text := way(one, draw))}
        answers = index.answer([Query(entry, "person", text) for entry, text in texts.items()])
        right = sum(any(hit.entry_id == entry for hit in hits) for entry, hits in zip(texts, answers, strict=True))
        recall[name] = round(right / len(texts), 4)
        others, asked = others + sum(map(len, answers)) - right, asked + len(texts)
    return {"  recall by spelling": recall, "  others by spelling": {"per query": round(others / asked, 4)}}


def letters(*, short: bool) -> dict[str, Any]:
    """Return recall of treated names in letters among many, in all tiers and the strong one, and false hits."""
    draw = random.Random(683)
    known = [(foreigner(draw), birthday(draw)) for _ in range(683)]
    rows = [
        Query(f"U{k}", "person", " ".join(words).upper(), birth_date=born if draw.random() < 0.9 else "")
        for k, (words, born) in enumerate(known)
    ]
    crowd = 5_000 if short else 50_000
    rows += [
        Query(f"F{k}", "person", " ".join(foreigner(draw)).title(), birth_date=birthday(draw)) for k in range(crowd)
    ]
    index = screener(rows)
    asked = [treated(words, born, draw) for words, born in known]
    answers = index.answer([Query(str(k), "person", name, birth_date=born) for k, (name, born) in enumerate(asked)])

    def share(strong: bool) -> float:
        hits = [_finds(hits, f"U{k}", strong=strong) for k, hits in enumerate(answers)]
        return round(float(np.mean(hits)), 4)

    names = {frozenset(words) for words, _ in known}
    strangers = [words for words in (foreigner(draw) for _ in range(crowd * 2)) if frozenset(words) not in names]
    asked_others = [
        Query(str(k), "person", " ".join(words), birth_date=birthday(draw)) for k, words in enumerate(strangers)
    ]
    false = [hit for hits in index.answer(asked_others) for hit in hits if hit.entry_id[0] == "U"]
    return {
        "names in letters": {
            "recall": share(False),
            "recall strong": share(True),
            "others": len(asked_others),
            "false hits": len(false),
            "false hits strong": sum(hit.tier == "strong" for hit in false),
        }
    }


def _finds(hits: list[Hit], entry: str, *, strong: bool) -> bool:
    return any(hit.entry_id == entry and (hit.tier == "strong" or not strong) for hit in hits)


def speed(size: int, *, short: bool) -> dict[str, Any]:
    """Return seconds and memory to build, queries a core-second, and latency of single queries."""
    draw = random.Random(size)
    known = _many(draw, size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cpu, wall = time.process_time(), time.perf_counter()
    index = screener(listed(known))
    built = {"build s": round(time.perf_counter() - wall, 1), "build CPU s": round(time.process_time() - cpu, 1)}
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    count = 2_000 if short else 10_000
    ways = list(WAYS.values())
    texts = [ways[k % len(ways)](draw.choice(known), draw) or "甲" for k in range(count)]
    texts += [firm.name for firm in _many(draw, count)]
    draw.shuffle(texts)
    asked = [Query(str(k), "enterprise", text) for k, text in enumerate(texts)]
    rate = len(asked) / _cpu(lambda: index.answer(asked))
    taken = []
    for query in asked[: count // 4]:
        began = time.perf_counter()
        index.answer([query])
        taken.append(time.perf_counter() - began)
    p50, p99 = np.quantile(taken, [0.5, 0.99]) * 1000
    return {
        f"index of {size:,}": built | {"peak MB grown": round(grown / 1024)},
        f"fuzzy on {size:,}": {
            "queries/core-s": round(rate),
            "p50 ms": round(float(p50), 2),
            "p99 ms": round(float(p99), 2),
        },
    }


def _many(draw: random.Random, size: int) -> list[Firm]:
    """Return firms of which some share a base, as in a register of a million."""
    return [Firm(draw) for _ in range(size)]


def _cpu(work: Callable[[], object]) -> float:
    """Return the core-seconds of the better of two runs."""
    taken = []
    for _ in range(2):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)
