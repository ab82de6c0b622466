"""Claims as intake hands them over, with invented people of the demo province."""

import polars as pl

from chengxin.kernel.identifiers import IdentifierKind
from chengxin.kernel.subject_kind import SubjectKind

LAN, MU = "390101199001010017", "390202198506151023"
FIRM, SHOP = "91390100MA0000015M", "92390101MA00000151"


def claims(*rows: tuple[str, str]) -> pl.DataFrame:
    """Make claims from pairs of number and name; the kind follows from the number."""
    kinds = [_kind(number) for number, _ in rows]
    return pl.DataFrame(
        {
            "row": pl.Series(range(len(rows)), dtype=pl.UInt32),
            "kind": [kind.value for kind in kinds],
            "id_kind": [
                (IdentifierKind.ID_NO if kind is SubjectKind.NATURAL_PERSON else IdentifierKind.USCC).value
                if len(number) == 18
                else IdentifierKind.PASSPORT.value
                for kind, (number, _) in zip(kinds, rows, strict=True)
            ],
            "number": [number for number, _ in rows],
            "name": [name for _, name in rows],
        }
    )


def _kind(number: str) -> SubjectKind:
    if number.startswith("91"):
        return SubjectKind.LEGAL_PERSON
    return SubjectKind.SOLE_TRADER if number.startswith("92") else SubjectKind.NATURAL_PERSON
