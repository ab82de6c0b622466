"""Read who is known as a fraudulent or a fair rater (评价人), and set aside what says neither."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from chengxin.kernel.refusal import Refusal, Refused
from chengxin.reputation.contracts import Labels
from chengxin.reputation.reading import read_table

COLUMNS = ("source", "label")
FRAUDULENT = ("-1", "fraud", "fraudulent", "虚假")
FAIR = ("1", "+1", "fair", "honest", "benign", "公正")


def read_labels(path: Path) -> Labels:
    """Return the known raters of a file with source,label; a label is fraudulent or fair, or -1 or +1."""
    frame = read_table(
        path,
        COLUMNS,
        needed=2,
        lacking=Refusal(
            code="REP-LABEL-COLUMNS",
            what="标注文件缺少列。",
            next_step="需要 source,label；label 写 fraudulent 或 fair（也可写 -1 或 +1）。",
        ),
    )
    word = pl.col("label").str.to_lowercase()
    meant = pl.when(word.is_in(FRAUDULENT)).then(True).when(word.is_in(FAIR)).then(False)
    frame = frame.select("source", "label", fraudulent=meant)
    complete = frame.drop_nulls(["source", "label"])
    clear = complete.drop_nulls("fraudulent").select("source", "fraudulent")
    once = clear.unique()
    agreed = once.filter(pl.len().over("source") == 1).sort("source")
    aside = {
        "incomplete": len(frame) - len(complete),
        "label_unknown": len(complete) - len(clear),
        "duplicate": len(clear) - len(once),
        "contradictory": len(once) - len(agreed),
    }
    if agreed.is_empty():
        raise Refused(
            Refusal(
                code="REP-NO-LABELS",
                what="标注文件里没有可用的标注。",
                next_step="label 请写 fraudulent 或 fair（也可写 -1 或 +1）。",
            )
        )
    return Labels(frame=agreed, aside=aside)
