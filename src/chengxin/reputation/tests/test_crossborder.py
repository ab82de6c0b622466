"""Order, payment and declaration of seeded cross-border orders: which fakes are found, and how many honest ones are."""

from __future__ import annotations

from random import Random
from typing import Any

import polars as pl
import pytest

from chengxin.lake.facade import get_query
from chengxin.reputation.facade import document_columns, judge

TYPES = get_query("document_facts").columns
SIGNS: dict[str, dict[str, Any]] = {
    "X1": {"declared_paid_fen": 5_000},
    "X2": {"declared_goods_fen": 6_000},
    "X3": {"gross_g": 900, "measured_g": 60},
    "X4": {"orderer": "other", "identity_proven": "no"},
    "X5": {"transit_count": 0, "to_area": "110000"},
}


def honest(lot: Random, number: int) -> dict[str, Any]:
    """Return an honest order: weights vary, some are paid in parts or ordered for another who is verified."""
    plain: dict[str, Any] = {**dict.fromkeys(TYPES), "platform": "SHOP", "order_id": f"H-{number}", "seller_id": "S-1"}
    plain |= {"day": "2026-11-01", "buyer": "b", "orderer": "b", "identity_proven": "yes", "lines_fen": 10_000}
    plain |= {"paid_fen": 10_000, "declared_paid_fen": 10_000 + lot.randrange(-300, 301), "declared_goods_fen": 10_000}
    plain |= {"gross_g": 800, "measured_g": lot.randrange(640, 960), "transit_count": 2, "signed_at": 1}
    plain |= {"deliver_area": "390101", "to_area": "390101", "declaration_count": 1}
    if lot.random() < 0.05:
        plain |= {"orderer": "other"}
    if lot.random() < 0.02:
        plain |= {"declared_paid_fen": 9_000}
    return plain


def frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    whole = pl.DataFrame(rows, infer_schema_length=None)
    return whole.with_columns(pl.col(pl.Null).cast(pl.String)).select(document_columns("crossborder"))


@pytest.mark.clause("E4.2d")
def test_seeded_fakes_are_found_and_precision_and_recall_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    lot = Random(7)
    rows = [honest(lot, number) for number in range(4_000)]
    fakes = []
    for number in range(200):
        # Every tenth fake has one paper that disagrees: a note, and missed by design.
        signs = lot.sample(sorted(SIGNS), 1 if number % 10 == 0 else lot.choice((2, 2, 3)))
        changed = {name: value for sign in signs for name, value in SIGNS[sign].items()}
        fakes.append({**honest(Random(number), number), "order_id": f"F-{number}", "orderer": "b", **changed})
    judged = judge(frame([*rows, *fakes]), book="crossborder")
    found = judged.leads["order_id"].to_list()
    true = sum(one.startswith("F-") for one in found)
    precision, recall = true / len(found), true / len(fakes)
    with capsys.disabled():
        print(f"\ncross-border: precision {precision:.3f}, recall {recall:.3f} of {len(fakes)} invented fakes")
    assert (precision, recall >= 0.9) == (1.0, True)
    assert set(judged.leads["model"]) == {"crossborder 2026-11"}


def test_what_was_not_handed_in_is_unknown_and_fails_nobody() -> None:
    bare = {**dict.fromkeys(TYPES), "platform": "SHOP", "order_id": "1", "seller_id": "S-1", "day": "2026-11-01"}
    assert (
        judge(
            frame([bare, {**honest(Random(1), 1), "identity_proven": None, "orderer": "x"}]), book="crossborder"
        ).noted
        == 0
    )
