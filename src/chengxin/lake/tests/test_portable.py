"""Every shipped query stays in the subset that DuckDB and Spark were measured to read alike."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from chengxin.lake.contracts import Query
from chengxin.lake.queries import bound, list_queries
from chengxin.lake.tests.test_running import END, FIRST
from chengxin.reputation.facade import document_condition

# Measured to differ between engines: division, float sums, intervals, regional or approximate functions.
BANNED = (
    exp.Div,
    exp.IntDiv,
    exp.Interval,
    exp.Avg,
    exp.Concat,
    exp.DPipe,
    exp.Upper,
    exp.Lower,
    exp.Ln,
    exp.Exp,
    exp.Pow,
    exp.ApproxDistinct,
    exp.PercentileCont,
    exp.PercentileDisc,
    exp.ArrayAgg,
    exp.DayOfWeek,
    exp.TimestampTrunc,
    exp.CurrentDate,
    exp.CurrentTimestamp,
    exp.Limit,
    exp.Star,
)
CASTS = {"BIGINT", "DATE", "VARCHAR", "TEXT"}


def faults(sql: str) -> list[str]:
    """Return what a text holds that engines read differently."""
    tree = sqlglot.parse_one(sql)
    found = [type(node).__name__ for node in tree.walk() if isinstance(node, BANNED) and not _counts(node)]
    found += [f"cast to {node.to.this.name}" for node in tree.find_all(exp.Cast) if node.to.this.name not in CASTS]
    found += ["sum without a cast" for node in tree.find_all(exp.Sum) if not _is_cast(node)]
    found += ["a window whose order is not total" for node in tree.find_all(exp.Window) if not _is_total(node)]
    found += [
        "date minus date" for node in tree.find_all(exp.Sub) if "day" in {c.name for c in node.find_all(exp.Column)}
    ]
    found += ["an order that says nothing of null" for node in tree.find_all(exp.Ordered) if not _is_certain(node)]
    return found


def _counts(node: exp.Expression) -> bool:
    return isinstance(node, exp.Star) and isinstance(node.parent, exp.Count)


def _is_cast(node: exp.Expression) -> bool:
    return node.find_ancestor(exp.Cast) is not None


def _is_total(window: exp.Window) -> bool:
    return not isinstance(window.this, exp.RowNumber) or len(window.args["order"].expressions) > 1


def _is_certain(node: exp.Ordered) -> bool:
    return isinstance(node.this, (exp.Coalesce, exp.Column))


@pytest.mark.parametrize("query", list_queries().values(), ids=list_queries().keys())
def test_a_shipped_query_is_portable(query: Query) -> None:
    assert faults(bound(query, {**query.parameters, "from_day": FIRST, "until_day": END})) == []


def test_a_shipped_query_has_a_yardstick_written_by_hand() -> None:
    here = Path(__file__).parents[4] / "benches" / "by_hand"
    assert {file.stem for file in here.glob("*.sql")} == set(list_queries())


def test_where_a_rule_over_documents_may_fire_is_portable() -> None:
    assert faults(f"select order_id from facts where {document_condition()}") == []


@pytest.mark.parametrize(
    "sql",
    [
        "select a / b from t",
        "select avg(a) from t",
        "select sum(a) as a from t",
        "select cast(a as int) from t",
        "select cast(a as double) from t",
        "select cast(a as decimal(38, 2)) from t",
        "select day - other_day from t",
        "select day + interval 1 month from t",
        "select a || b from t",
        "select upper(a) from t",
        "select percentile_cont(0.5) within group (order by a) from t",
        "select approx_count_distinct(a) from t",
        "select row_number() over (partition by a order by b) from t",
        "select current_date from t",
        "select * from t",
        "select a from t limit 3",
    ],
)
def test_what_engines_read_differently_is_found(sql: str) -> None:
    assert faults(sql)


def test_a_parameter_is_a_literal_of_its_type_and_nothing_else() -> None:
    query = list_queries()["payment_reconciliation"]
    text = bound(query, {"tolerance_percent": 5, "from_day": FIRST, "until_day": END})
    assert "date '2026-03-01'" in text
    assert ":" not in text.split("\n", 3)[3]
    with pytest.raises(ValueError, match="invalid literal"):
        bound(query, {"tolerance_percent": "5 or true", "from_day": FIRST, "until_day": END})  # type: ignore[dict-item]
