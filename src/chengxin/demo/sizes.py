"""How large a province is built: S for tests, M for the demonstration, L for load."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Size:
    """Counts of one size; `rows` and `filings` are what the departments hand in over fifteen months."""

    name: str
    adults: int
    minors: int
    firms: int
    rows: int
    filings: int
    homonym_families: int


SIZES = {
    "S": Size(name="S", adults=2_000, minors=10, firms=300, rows=6_000, filings=60, homonym_families=2),
    "M": Size(name="M", adults=120_000, minors=600, firms=30_000, rows=250_000, filings=420, homonym_families=12),
    "L": Size(
        name="L", adults=2_400_000, minors=12_000, firms=600_000, rows=5_000_000, filings=1_200, homonym_families=40
    ),
}
FAMILY = 40
