"""Public matchers on the same names in letters: nomenklatura's logic-v2 behind its own blocker, rapidfuzz's cdist."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from benches.screen_list import screener
from benches.screen_world import birthday, foreigner, treated
from chengxin.screening.contracts import Query

NEAREST = 50


def yardsticks(*, short: bool) -> dict[str, Any]:
    """Return queries a core-second of ours and of each yardstick on one crowd, and the ratios."""
    draw = random.Random(50)
    crowd = 2_000 if short else 50_000
    known = [(foreigner(draw), birthday(draw)) for _ in range(crowd)]
    asked = [treated(*draw.choice(known), draw) for _ in range(1_000)]
    asked += [(" ".join(foreigner(draw)), birthday(draw)) for _ in range(1_000)]
    rows = [Query(str(k), "person", " ".join(words), birth_date=born) for k, (words, born) in enumerate(known)]
    index = screener(rows)
    queries = [Query(str(k), "person", name, birth_date=born) for k, (name, born) in enumerate(asked)]
    began = time.process_time()
    index.answer(queries)
    ours = len(queries) / (time.process_time() - began)
    names = [row.name for row in rows]
    few = [name for name, _ in asked[:20]]
    began = time.process_time()
    process.cdist(few, names, scorer=fuzz.ratio, dtype=np.uint8)
    rapid = len(few) / (time.process_time() - began)
    figures: dict[str, Any] = {
        "letters: ours": {"queries/core-s": round(ours)},
        "letters: rapidfuzz cdist": {"queries/core-s": round(rapid), "ratio": round(ours / rapid)},
    }
    try:
        theirs = _nomenklatura(rows, queries[: 40 if short else 200])
    except ImportError:
        return figures | {"letters: logic-v2": "not installed: uv sync --inexact --extra yardsticks"}
    return figures | {"letters: logic-v2": {"queries/core-s": round(theirs, 1), "ratio": round(ours / theirs)}}


def _nomenklatura(rows: list[Query], asked: list[Query]) -> float:
    """Return queries a core-second of the DuckDB blocker and logic-v2 over its nearest candidates, without building."""
    from followthemoney import Dataset, StatementEntity
    from nomenklatura.blocker.index import Index
    from nomenklatura.matching import LogicV2
    from nomenklatura.resolver import Linker
    from nomenklatura.store.memory import MemoryStore

    dataset = Dataset.make({"name": "crowd", "title": "crowd"})

    def entity(prefix: str, row: Query) -> Any:  # noqa: ANN401 - untyped in their package
        properties = {"name": [row.name], "birthDate": [row.birth_date] if row.birth_date else []}
        return StatementEntity.from_data(
            dataset, {"id": f"{prefix}{row.id}", "schema": "Person", "properties": properties}
        )

    listed = {f"c{row.id}": entity("c", row) for row in rows}
    queries = {f"q{row.id}": entity("q", row) for row in asked}
    store: Any = MemoryStore(dataset, Linker({}))
    with store.writer() as writer:
        for one in listed.values():
            writer.add_entity(one)
    config = LogicV2.default_config()
    with tempfile.TemporaryDirectory() as folder:
        index: Any = Index(store.default_view(), Path(folder), {"max_candidates": NEAREST})
        index.build()
        began = time.process_time()
        for query, candidates in index.match_entities(queries.values()):
            for candidate, _ in candidates:
                LogicV2.compare(queries[str(query)], listed[str(candidate)], config)
        took = time.process_time() - began
        index.close()
    return len(asked) / took
