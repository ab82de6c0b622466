"""What a block is shown with: who, where, when, how unusual, and what would have cleared it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np

from chengxin.reputation.blocks import Dense, densest, graph
from chengxin.reputation.contracts import Rolling
from chengxin.reputation.edges import Edges
from chengxin.reputation.rolling import Block, Progress, find_blocks

EPOCH = date(1970, 1, 1)


def report(
    edges: Edges, parameters: Rolling | None = None, progress: Progress = lambda _done, _all: None
) -> dict[str, Any]:
    """Return every finding as plain values: blocks beyond the threshold of their past, or one block without times."""
    parameters = parameters or Rolling()
    said = {
        "model": f"dense-blocks {parameters.version}",
        "edges": len(edges.source),
        "sources": len(edges.sources),
        "targets": len(edges.targets),
        "aside": edges.aside,
    }
    if edges.days is None:
        whole = graph(edges.source, edges.target, shape=(len(edges.sources), len(edges.targets)))
        return {**said, "method": "densest", "blocks": [_whole(edges, densest(whole))]}
    blocks = [_timed(edges, block, parameters) for block in find_blocks(edges, parameters, progress)]
    return {**said, "method": "rolling", "threshold": parameters.alarm, "blocks": blocks}


def _whole(edges: Edges, dense: Dense) -> dict[str, Any]:
    """Say the one densest block: without times nothing tells whether it is unusual, so it raises no alarm."""
    return {
        "sources": edges.sources.gather(dense.sources).to_list(),
        "targets": edges.targets.gather(dense.targets).to_list(),
        "edges": dense.edges,
        "density": round(dense.density, 6),
        "alarm": False,
        "note": {
            "zh": "没有时间，不能与往常比较：最密的一块总是存在，这里只说明是哪一块。",
            "en": "Without times nothing can be compared with before: a densest block always exists; this is which.",
        },
    }


def _timed(edges: Edges, block: Block, parameters: Rolling) -> dict[str, Any]:
    new, window, phase, least = block.scale
    return {
        "sources": edges.sources.gather(block.sources).to_list(),
        "targets": edges.targets.gather(block.targets).to_list(),
        "edges": len(block.rows),
        "density": round(block.density, 6),
        "alarm": True,
        "usual_density": round(block.usual, 6),
        "ratio": round(block.ratio, 4),
        "first_day": _day(block.first),
        "end_day": _day(block.end),
        "accounts": "new" if new else "all",
        "window_days": window or parameters.slice_days,
        "window_phase": phase,
        "accounts_at_least": least,
        "compared_with": [_day(end) for end in block.base],
        "rows": [
            {"source": source, "target": target, "day": _day(day)}
            for source, target, day in zip(
                edges.sources.gather(edges.source[block.rows]),
                edges.targets.gather(edges.target[block.rows]),
                np.asarray(edges.days)[block.rows].tolist(),
                strict=True,
            )
        ],
        "clears": _clears(block.usual * parameters.alarm),
        "needs": {
            "zh": "这只是一类证据。没有第二类独立证据的账号不作为嫌疑人；是否立案由人决定。",
            "en": "This is one kind of evidence. An account without a second, independent kind is no suspect; "
            "whether a case is opened a person decides.",
        },
    }


def _clears(threshold: float) -> dict[str, str]:
    """Say what would have cleared a block."""
    return {
        "zh": f"密度低于 {threshold:.4f} 就不会提示；付款、物流、签收单据齐全且相符，可以说明订单是真实的。",
        "en": f"Below a density of {threshold:.4f} nothing is said; orders whose payments, parcels and signatures are "
        "there and agree are shown to be real.",
    }


def _day(number: int) -> str:
    return (EPOCH + timedelta(days=number)).isoformat()
