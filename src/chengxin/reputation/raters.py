"""Rank the raters of one network by how much they are like the known fraudulent raters of another.

The rank is the order of a review queue (核查顺序) and nothing else: a person looks, asks and decides. A forest of
extremely randomised trees (Geurts, Ernst, Wehenkel 2006) is averaged; along its paths each sign adds or takes a part
of the score (Saabas 2014), so that base and parts sum up to the score exactly and the greatest parts are the reasons.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import yaml

from chengxin.kernel.compiled import Ints, Mask
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.reputation.contracts import Labels, Learning, Ranked, Ratings
from chengxin.reputation.kernels import Floats
from chengxin.reputation.signs import signs

if TYPE_CHECKING:
    from sklearn.ensemble import ExtraTreesClassifier

NONE = -1.0  # Of a sign that a rater has none of; every logarithm that may be missing is at least 0.


@dataclass(frozen=True, kw_only=True)
class Sign:
    """A sign as `raters.yaml` declares it; with `is_log` its value is log(1 + x) of what people are shown."""

    title: tuple[str, str]
    unit: str
    is_log: bool

    def shown(self, value: float | None) -> float | None:
        """Return a value as people read it."""
        return None if value is None else round(float(np.expm1(value)) if self.is_log else value, 3)


@cache
def declared() -> tuple[str, dict[str, str], dict[str, Sign]]:
    """Return the version, what every rank is shown with, and the signs by name."""
    said: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "raters.yaml").read_text("utf-8"))
    known = {
        name: Sign(title=(sign["title"][0], sign["title"][1]), unit=sign["unit"], is_log=sign.get("log", False))
        for name, sign in said["signs"].items()
    }
    return said["version"], said["needs"], known


def rank(ratings: Ratings, labels: Labels, other: Ratings, learning: Learning | None = None) -> Ranked:
    """Learn from the labelled raters of one network and return all raters of another, the likest first."""
    learning = learning or Learning()
    version, needs, known = declared()
    taught = labels.frame.join(signs(ratings), on="source", how="inner").sort("source")
    is_fraudulent = taught["fraudulent"].to_numpy()
    fraudulent = int(is_fraudulent.sum())
    if min(fraudulent, len(taught) - fraudulent) < learning.least_of_each:
        raise _too_few(fraudulent, len(taught) - fraudulent, learning.least_of_each)
    examples = _matrix(taught, known)
    forest = _forest(learning.trees, learning).fit(examples, is_fraudulent)
    seen = signs(other)
    base, parts = _parts(forest, _matrix(seen, known))
    score = np.round(np.clip(base + parts.sum(axis=1), 0, 1), 6)
    shown = {
        name: [sign.shown(value) for value in (*seen[name].to_list(), seen[name].median())]
        for name, sign in known.items()
    }
    ranked = pl.DataFrame(
        {
            "source": seen["source"],
            "score": score,
            "given": np.rint(np.expm1(seen["given"].to_numpy())).astype(np.int64),
            "reasons": _reasons(parts, shown, known, learning),
        }
    ).sort("score", "source", descending=[True, False])
    return Ranked(
        raters=ranked.with_row_index("rank", 1).with_columns(
            needs=pl.lit(needs["zh"]), model=pl.lit(f"raters {version}")
        ),
        needs=needs,
        model=f"raters {version}",
        fraudulent=fraudulent,
        fair=len(taught) - fraudulent,
        silent=len(labels.frame) - len(taught),
        auc=_told_apart(examples, is_fraudulent, learning),
    )


def _too_few(fraudulent: int, fair: int, least: int) -> Refused:
    return Refused(
        Refusal(
            code="REP-LABELS-FEW",
            what="能用来学习的标注太少：打过分的人里，{fraudulent} 个标为虚假，{fair} 个标为公正。",
            next_step="每种至少需要 {least} 个在评价文件里打过分的人。",
            values={"fraudulent": str(fraudulent), "fair": str(fair), "least": str(least)},
        )
    )


def _forest(trees: int, learning: Learning) -> ExtraTreesClassifier:
    from sklearn.ensemble import ExtraTreesClassifier  # noqa: PLC0415 - half a second, for this alone

    # One thread: the order in which threads add up would show in the last digits.
    return ExtraTreesClassifier(
        trees, min_samples_leaf=learning.least_in_leaf, class_weight="balanced", random_state=0, n_jobs=1
    )


def _matrix(table: pl.DataFrame, known: Mapping[str, Sign]) -> Floats:
    """Return signs as the trees read them, in single precision."""
    columns = table.select(pl.col(list(known)).cast(pl.Float64).fill_null(NONE).fill_nan(NONE))
    matrix: Floats = columns.to_numpy().astype(np.float32)
    return matrix


def _parts(forest: ExtraTreesClassifier, examples: Floats) -> tuple[float, Floats]:
    """Return the forest's base, and for each row what each sign adds to it; they sum up to the forest's answer."""
    base, parts = 0.0, np.zeros(examples.shape)
    for one in forest.estimators_:
        tree = one.tree_
        share = tree.value[:, 0, 1] / tree.value[:, 0, :].sum(axis=1)
        base += share[0]
        row, node = np.arange(len(examples)), np.zeros(len(examples), np.int64)
        while len(row):
            inside: Mask = tree.feature[node] >= 0
            row, node = row[inside], node[inside]
            sign = tree.feature[node]
            is_left = examples[row, sign] <= tree.threshold[node]
            below: Ints = np.where(is_left, tree.children_left[node], tree.children_right[node])
            parts[row, sign] += share[below] - share[node]
            node = below
    return base / len(forest.estimators_), parts / len(forest.estimators_)


def _reasons(
    parts: Floats, shown: Mapping[str, list[float | None]], known: Mapping[str, Sign], learning: Learning
) -> list[str]:
    """Return for each rater the signs that add most, with the value, the usual value and what it adds."""
    names = list(known)
    greatest = np.argsort(-parts, axis=1, kind="stable")[:, : learning.reasons]
    return [
        json.dumps(
            [
                {
                    "sign": names[sign],
                    "title": known[names[sign]].title[0],
                    "unit": known[names[sign]].unit,
                    "value": shown[names[sign]][row],
                    "usual": shown[names[sign]][-1],
                    "adds": round(float(parts[row, sign]), 4),
                }
                for sign in greatest[row]
                if parts[row, sign] > 0
            ],
            ensure_ascii=False,
        )
        for row in range(len(parts))
    ]


def _told_apart(examples: Floats, is_fraudulent: Mask, learning: Learning) -> float:
    """Return the AUC with which known raters are told apart by forests that did not see them."""
    from sklearn.metrics import roc_auc_score  # noqa: PLC0415 - as above
    from sklearn.model_selection import StratifiedKFold  # noqa: PLC0415 - as above

    told = np.zeros(len(examples))
    for rest, held in StratifiedKFold(learning.folds, shuffle=True, random_state=0).split(examples, is_fraudulent):
        forest = _forest(learning.fold_trees, learning).fit(examples[rest], is_fraudulent[rest])
        base, parts = _parts(forest, examples[held])
        told[held] = base + parts.sum(axis=1)
    return round(float(roc_auc_score(is_fraudulent, told)), 4)
