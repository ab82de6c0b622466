"""The four kinds of credit subject (信用主体)."""

from enum import StrEnum


class SubjectKind(StrEnum):
    """Kinds as GB/T 39445 and the two-publicity forms know them; identifiers as in the glossary."""

    NATURAL_PERSON = "natural_person"
    LEGAL_PERSON = "legal_person"
    UNINCORPORATED = "uninc_org"
    SOLE_TRADER = "sole_trader"


OPERATORS = frozenset({SubjectKind.LEGAL_PERSON, SubjectKind.UNINCORPORATED, SubjectKind.SOLE_TRADER})
