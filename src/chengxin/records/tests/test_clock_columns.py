"""The clocks over columns are those of `compute_clocks`, row by row, whatever the facts and the pack."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import polars as pl
import pytest

from chengxin.catalogue.contracts import Nature
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.records.clock_columns import CLOCK_COLUMNS, clock_columns
from chengxin.records.facade import ClockFacts, compute_clocks

KEYS = [
    ("publicity.by_severity", "query.adverse", "use.adverse", "retention.adverse", Nature.ADVERSE),
    ("publicity.market_penalty", "query.adverse", "use.adverse", "retention.adverse", Nature.ADVERSE),
    ("publicity.list_entry", "query.adverse", "use.adverse", "retention.adverse", Nature.ADVERSE),
    ("publicity.while_valid", "query.long_term", "use.long_term", "retention.long_term", Nature.BASIC),
    ("publicity.favourable", "query.long_term", "use.long_term", "retention.long_term", Nature.FAVOURABLE),
    ("publicity.none", "query.adverse", "use.adverse", "retention.adverse", Nature.ADVERSE),
]
DATES = ("ended_act_on", "determined_on", "valid_until", "declared_publicity_until", "restriction_until")
ON = date(2026, 11, 23)


def rows(seed: int) -> list[dict[str, object]]:
    random = Random(seed)

    def day(first: date, days: int, absent: float) -> date | None:
        return None if random.random() < absent else first + timedelta(days=random.randrange(days))

    return [
        {
            "kind": random.choice(list(SubjectKind)).value,
            "filed_severity": random.choice(["", "", "minor", "general", "serious"]),
            "procedure": random.choice(["", "summary", "ordinary"]),
            "penalty_kinds": random.choice(
                ["", "fine", "warning", "fine;warning", "revoke_licence", "notice_of_criticism"]
            ),
            "determined_on": day(date(2025, 1, 1), 690, 0),
            "ended_act_on": day(date(2023, 1, 1), 1420, 0.5),
            "valid_until": day(date(2025, 6, 1), 2000, 0.4),
            "declared_publicity_until": day(date(2025, 6, 1), 1200, 0.6),
            "restriction_until": day(date(2025, 6, 1), 3000, 0.5),
            "is_lower_fine": random.random() < 0.3,
        }
        for _ in range(400)
    ]


@pytest.mark.parametrize("pack", ["jiangsu", "zhejiang", "shandong", "henan", "shanghai", "shenzhen"])
@pytest.mark.parametrize("keys", KEYS, ids=lambda keys: keys[0])
def test_columns_equal_rows(keys: tuple[str, str, str, str, Nature], pack: str) -> None:
    publicity, query, use, retention, nature = keys
    facts = rows(len(publicity) + len(pack))
    frame = pl.DataFrame(facts, schema_overrides=dict.fromkeys(DATES, pl.Date))
    found = clock_columns(
        frame, publicity=publicity, query=query, use=use, retention=retention, nature=nature, on=ON, pack=pack
    )
    for row, got in zip(facts, found.iter_rows(named=True), strict=True):
        clocks = compute_clocks(
            ClockFacts(
                publicity=publicity,
                query=query,
                use=use,
                retention=retention,
                nature=nature,
                subject_kind=SubjectKind(str(row["kind"])),
                severity=str(row["filed_severity"]),
                procedure=str(row["procedure"]),
                is_lower_fine=bool(row["is_lower_fine"]),
                penalty_kinds=frozenset(filter(None, str(row["penalty_kinds"]).split(";"))),
                **{name: row[name] for name in DATES},  # type: ignore[arg-type]
            ),
            on=ON,
            pack=pack,
        )
        assert got == {name: getattr(clocks, name) for name in CLOCK_COLUMNS}, row
